namespace ProverCluster.Node.Goals;

/// <summary>How long what an actor has put into its stash was there: what was left of a deadline when it came is less by that when it is taken out.</summary>
internal sealed class StashTimes(TimeProvider clock)
{
    // The same message may come twice, and is put back as the object that it is.
    private readonly Dictionary<object, long> _since = new(ReferenceEqualityComparer.Instance);

    /// <summary>It is put into the stash, for the first time or again.</summary>
    public void PutIn(object message) => _since.TryAdd(message, clock.GetTimestamp());

    /// <summary>It is taken out for good.</summary>
    /// <returns>How long it was there; zero if it never was.</returns>
    public TimeSpan TakeOut(object message) => _since.Remove(message, out var since) ? clock.GetElapsedTime(since) : TimeSpan.Zero;
}
