using Akka.Actor;

namespace ProverCluster.Node.Goals;

/// <summary>
/// Who has come back for what is not at work here. What is asked while a shard moves is held up on its way, and may come from somebody who has had the answer since, and is gone: it
/// would be raced for nobody. Whoever waits asks a second time; and what was held up together comes together.
/// </summary>
internal sealed class Returners(TimeProvider clock)
{
    private static readonly TimeSpan Together = GoalListenerActor.AskPeriod / 2;

    private readonly Dictionary<IActorRef, long> _askedAt = [];

    public bool IsEmpty => _askedAt.Count == 0;

    /// <summary>Whether it asks for the second time, or more; else it is remembered that it has asked.</summary>
    public bool AsksAgain(IActorRef sender) => !_askedAt.TryAdd(sender, clock.GetTimestamp()) && clock.GetElapsedTime(_askedAt[sender]) >= Together;
}
