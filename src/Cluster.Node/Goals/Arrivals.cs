using System.Runtime.CompilerServices;

namespace ProverCluster.Node.Goals;

/// <summary>When something was asked for that has to wait here: what was left of its deadline then is less when its turn comes.</summary>
internal sealed class Arrivals(TimeProvider clock)
{
    // By reference: an equal message may come twice, and a stash gives back the object that was put in.
    private readonly ConditionalWeakTable<object, StrongBox<long>> _at = [];

    /// <summary>It is here. What is noted already stays as it is.</summary>
    public void Note(object message) => _at.TryAdd(message, new StrongBox<long>(clock.GetTimestamp()));

    /// <summary>How long that has been here; zero if it was not noted.</summary>
    public TimeSpan Age(object message) => _at.TryGetValue(message, out var at) ? clock.GetElapsedTime(at.Value) : TimeSpan.Zero;
}
