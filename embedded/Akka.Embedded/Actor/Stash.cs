namespace Akka.Actor;

/// <summary>Where an actor puts messages that it cannot handle yet.</summary>
public interface IStash
{
    /// <summary>Puts the message in hand aside.</summary>
    void Stash();

    /// <summary>The oldest one is the next message.</summary>
    void Unstash();

    /// <summary>All of them come next, in their old order, before anything else in the mailbox.</summary>
    void UnstashAll();
}

public interface IActorStash
{
    IStash Stash { get; set; }
}

public interface IWithUnrestrictedStash : IActorStash;

public interface IWithUnboundedStash : IWithUnrestrictedStash;

internal sealed class StashImpl(ActorCell cell) : IStash
{
    private readonly Queue<Envelope> _stash = new();
    private long _lastStashed = -1;

    public void Stash()
    {
        if (_lastStashed == cell.InHandNumber) throw new IllegalActorStateException($"Can't stash the same message {cell.InHand.Message} more than once");
        _lastStashed = cell.InHandNumber;
        _stash.Enqueue(cell.InHand);
    }

    public void Unstash() => PutBack(1);
    public void UnstashAll() => PutBack(_stash.Count);

    private void PutBack(int most)
    {
        var envelopes = new List<Envelope>();
        while (envelopes.Count < most && _stash.TryDequeue(out var envelope))
        {
            envelopes.Add(envelope);
            if (envelope.Message is Terminated terminated) cell.ExpectTerminated(terminated.ActorRef);
        }
        cell.Mailbox.PutBack(envelopes);
    }
}
