using Akka.Actor;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Texts;

/// <summary>The part of the actor of texts that is about a source that fails: those who wait for the text have it from the store, or from another node.</summary>
internal sealed partial class TextsActor
{
    /// <summary>What has not begun yet would not come either.</summary>
    private void GiveUp(TextPeer peer)
    {
        _peers.Remove(peer);
        foreach (var fetch in _queue.Concat(_begun).Where(fetch => peer.Is(fetch.Peer) && !fetch.IsWhole).ToArray())
            Fail(fetch, $"{fetch.Source} sends nothing");
    }

    /// <summary>Those who were told of another node that has the text do not lose by it.</summary>
    private void Fail(TextFetch fetch, string fault)
    {
        End(fetch);
        foreach (var waiting in fetch.Waiting)
        {
            if (waiting.Source == fetch.Source)
                LookElsewhere(fetch.Text, waiting, fault);
            else
                Fetch(fetch.Text, waiting);
        }
    }

    private void OnRecalled(RecalledText recalled)
    {
        if (recalled.Fault is { } fault)
        {
            LookElsewhere(recalled.Text, recalled.Waiting with { IsRecalled = true }, fault);
            return;
        }

        if (recalled.Document is { } document)
            Keep(_store.Hold(recalled.Text, document));
        recalled.Waiting.Tell(recalled.Text, recalled.Output, recalled.Document);
    }

    /// <summary>
    /// The node that had it is gone, or has done with it. What was accepted is in the store, if there is one; and whoever waits for a goal has its text where it waits, and
    /// may be elsewhere by now.
    /// </summary>
    private void LookElsewhere(TextDigest text, WaitingForText waiting, string fault)
    {
        if (!waiting.IsRecalled)
            _recall.ReadAsync(text, waiting, fault).PipeTo(Self);
        else if (waiting.Elsewhere(fault, _others()) is { } elsewhere)
            Fetch(text, elsewhere);
        else
            waiting.Fail(text, fault);
    }
}
