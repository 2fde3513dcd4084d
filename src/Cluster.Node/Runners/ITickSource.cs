using Akka.Actor;

namespace ProverCluster.Node.Runners;

/// <summary>The pace of all runners of a node. Punctual in production, sent by hand in specs.</summary>
internal interface ITickSource
{
    /// <summary>
    /// Tells the actor <see cref="Tick.Instance"/> once every period until the subscription is disposed; but not before it has taken the
    /// one before: to a runner that is late one tick says as much as a hundred.
    /// </summary>
    ITickSubscription Subscribe(IActorRef runner);
}

internal interface ITickSubscription : IDisposable
{
    /// <summary>The tick was taken; the next one may come.</summary>
    void Taken();

    /// <summary>How late the last tick was taken, and how late any; for whoever takes them.</summary>
    (TimeSpan Last, TimeSpan Worst) Lateness { get; }
}

/// <summary>Time to look at limits and to act on what was asked.</summary>
internal sealed class Tick : INoSerializationVerificationNeeded
{
    public static readonly Tick Instance = new();

    private Tick()
    {
    }
}
