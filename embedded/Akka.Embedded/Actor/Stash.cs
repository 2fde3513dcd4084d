namespace Akka.Actor;

/// <summary>Where an actor puts messages that it cannot handle yet.</summary>
public interface IStash
{
    int Count { get; }
    bool IsEmpty { get; }
    bool NonEmpty { get; }

    /// <summary>Puts the message in hand aside.</summary>
    void Stash();

    /// <summary>The oldest one is the next message.</summary>
    void Unstash();

    /// <summary>All of them come next, in their old order, before anything else in the mailbox.</summary>
    void UnstashAll();
    IEnumerable<Envelope> ClearStash();
    void Prepend(IEnumerable<Envelope> envelopes);
}

public interface IActorStash
{
    IStash Stash { get; set; }
}

public interface IWithUnrestrictedStash : IActorStash;

public interface IWithStash : IWithUnrestrictedStash;

public interface IWithUnboundedStash : IWithUnrestrictedStash;

internal sealed class StashImpl(ActorCell cell) : IStash
{
    private readonly LinkedList<Envelope> _stash = new();
    private long _lastStashed = -1;
    public int Count => _stash.Count;
    public bool IsEmpty => Count == 0;
    public bool NonEmpty => Count > 0;

    public void Stash()
    {
        if (_lastStashed == cell.InHandNumber) throw new IllegalActorStateException($"Can't stash the same message {cell.InHand.Message} more than once");
        _lastStashed = cell.InHandNumber;
        _stash.AddLast(cell.InHand);
    }

    public void Unstash()
    {
        if (_stash.First is not { } oldest) return;
        _stash.RemoveFirst();
        PutBack([oldest.Value]);
    }

    public void UnstashAll() => PutBack(ClearStash());

    public IEnumerable<Envelope> ClearStash()
    {
        var all = _stash.ToArray();
        _stash.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Distinct().Reverse()) _stash.AddFirst(envelope);
    }

    private void PutBack(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes)
            if (envelope.Message is Terminated terminated) cell.ExpectTerminated(terminated.ActorRef);
        cell.Mailbox.PutBack(envelopes);
    }
}
