using System.Collections;
using Akka.Actor;
using ProverCluster.Node.Membership;

namespace ProverCluster.Node.Goals;

/// <summary>
/// Who waits for a goal. One that is only said to be gone may live, and is told all the same until nobody else is there and it would have asked again: an answer that is told to
/// others alone would be lost for it.
/// </summary>
internal sealed class Listeners : IEnumerable<IActorRef>
{
    /// <summary>Whether each is there, or perhaps gone.</summary>
    private readonly Dictionary<IActorRef, bool> _areThere = [];

    /// <summary>Whether nobody waits, for certain.</summary>
    public bool IsEmpty => _areThere.Count == 0;

    /// <summary>Whether one waits of whom nothing else was said.</summary>
    public bool IsAnyThere => _areThere.ContainsValue(true);

    public bool Contains(IActorRef actor) => _areThere.ContainsKey(actor);

    /// <summary>One is heard.</summary>
    /// <returns>Whether a watch of it is to begin: the one before has ended when it was said to be gone.</returns>
    public bool Add(IActorRef actor)
    {
        var isWatched = _areThere.GetValueOrDefault(actor);
        _areThere[actor] = true;
        return !isWatched;
    }

    /// <summary>One is gone, or perhaps gone.</summary>
    /// <returns>Whether it was one of them.</returns>
    public bool Lose(Terminated gone)
    {
        if (gone.IsCertain())
            return _areThere.Remove(gone.ActorRef);
        if (!_areThere.ContainsKey(gone.ActorRef))
            return false;
        _areThere[gone.ActorRef] = false;
        return true;
    }

    /// <summary>Nobody waits: what happens from now on is told to none of them.</summary>
    public void Clear() => _areThere.Clear();

    public void Tell(object message)
    {
        foreach (var actor in _areThere.Keys)
            actor.Tell(message);
    }

    public IEnumerator<IActorRef> GetEnumerator() => _areThere.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
