using System.Collections.Immutable;
using Akka.Actor;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node.Tests.Runners;

/// <summary>Ticks when a spec says so.</summary>
internal sealed class HandTicks : ITickSource
{
    private ImmutableList<IActorRef> _runners = [];
    private int _taken;

    public int Count => _runners.Count;

    /// <summary>How many ticks all subscribers together have dealt with.</summary>
    public int Taken => Volatile.Read(ref _taken);

    public ITickSubscription Subscribe(IActorRef runner)
    {
        ImmutableInterlocked.Update(ref _runners, list => list.Add(runner));
        return new Subscription(this, runner);
    }

    public void Tick()
    {
        foreach (var runner in _runners)
            runner.Tell(Node.Runners.Tick.Instance);
    }

    private sealed class Subscription(HandTicks ticks, IActorRef runner) : ITickSubscription
    {
        public (TimeSpan Last, TimeSpan Worst) Lateness => default;

        public void Taken() => Interlocked.Increment(ref ticks._taken);

        public void Dispose() => ImmutableInterlocked.Update(ref ticks._runners, list => list.Remove(runner));
    }
}
