namespace Akka.Actor;

/// <summary>Where an actor puts messages that it cannot handle yet.</summary>
public interface IStash
{
    /// <summary>Puts the message in hand aside.</summary>
    void Stash();

    /// <summary>All of them come next, in their old order, before anything else in the mailbox.</summary>
    void UnstashAll();
}

public interface IWithUnboundedStash
{
    IStash Stash { get; set; }
}

internal sealed class StashImpl(ActorCell cell) : IStash
{
    private readonly List<Envelope> _stash = [];
    public void Stash() => _stash.Add(cell.InHand);

    public void UnstashAll()
    {
        cell.Mailbox.PutBack(_stash);
        _stash.Clear();
    }
}
