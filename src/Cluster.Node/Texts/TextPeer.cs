using Akka.Actor;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Texts;

namespace ProverCluster.Node.Texts;

/// <summary>
/// A node that texts come from, and what is asked of it. The pieces of all its texts share one small window, so that a heartbeat on the link never waits long
/// behind them, and the texts take turns, so that a short one does not wait behind a long one.
/// </summary>
/// <param name="actor">The <see cref="TextsActor"/> there.</param>
/// <param name="self">The one here.</param>
internal sealed class TextPeer(IActorRef actor, IActorRef self)
{
    /// <summary>How many pieces are on their way at once.</summary>
    internal const int Window = 4;

    /// <summary>How many periods without an answer are too many.</summary>
    internal const int MostQuietPeriods = 10;

    /// <summary>In the order in which answers come. What was asked for a fetch that is over counts too: it is on its way all the same.</summary>
    private readonly List<Asked> _asked = [];
    private readonly Queue<TextFetch> _turns = [];
    private int _quiet;

    public bool IsIdle => _asked.Count == 0;

    public bool Is(IActorRef other) => actor.Path.Equals(other.Path);

    public void Add(TextFetch fetch)
    {
        _turns.Enqueue(fetch);
        AskMore();
    }

    /// <summary>Keeps as many pieces on their way as may be.</summary>
    public void AskMore()
    {
        while (_asked.Count < Window && _turns.TryDequeue(out var fetch))
        {
            if (fetch.Next() is not { } offset)
                continue;
            Ask(new Asked(fetch, offset));
            _turns.Enqueue(fetch);
        }
    }

    /// <summary>An answer has come.</summary>
    /// <param name="text">Of which text.</param>
    /// <param name="offset">Which piece; null if the answer is that there is none.</param>
    /// <returns>Whose it is; null if it was not asked for, or is not waited for any more.</returns>
    public TextFetch? Answered(TextDigest text, long? offset)
    {
        var index = _asked.FindIndex(asked => asked.Fetch.Text == text && (offset is null || asked.Offset == offset));
        if (index < 0)
            return null;

        _quiet = 0;
        var fetch = _asked[index].Fetch;
        // Messages may be lost and do not overtake each other: what was asked for before this will not come.
        var lost = _asked.GetRange(0, index);
        _asked.RemoveRange(0, index + 1);
        lost.ForEach(AskAgain);
        return fetch.IsOver ? null : fetch;
    }

    /// <summary>A period is over. If nothing came in all of it, one piece is asked for again: its answer shows which others are lost.</summary>
    /// <returns>False if the node has sent nothing for too long.</returns>
    public bool GoOn()
    {
        if (IsIdle)
            return true;
        if (++_quiet > MostQuietPeriods)
            return false;
        if (_quiet > 1)
        {
            _asked.RemoveAll(asked => asked.Fetch.IsOver);
            if (_asked.Count > 0)
            {
                var first = _asked[0];
                _asked.RemoveAt(0);
                Ask(first);
            }

            AskMore();
        }

        return true;
    }

    private void AskAgain(Asked asked)
    {
        if (!asked.Fetch.IsOver)
            Ask(asked);
    }

    private void Ask(Asked asked)
    {
        actor.Tell(new TextCommands.Read(asked.Fetch.Text, asked.Offset), self);
        _asked.Add(asked);
    }

    private sealed record Asked(TextFetch Fetch, long Offset);
}
