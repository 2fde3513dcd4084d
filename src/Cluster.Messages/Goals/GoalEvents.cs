using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Goals;

/// <summary>Told of a goal, in this order: accepted, any number of runs, decided (unless nobody decides), settled. Who asks again is told all of it again.</summary>
public interface IGoalEvent : IProtocolMessage
{
    GoalId Id { get; }
}

public static class GoalEvents
{
    /// <summary>The coordinator has the goal; its clock starts.</summary>
    /// <param name="Id">The goal.</param>
    /// <param name="Incarnation">Which life of the coordinator; larger is later.</param>
    /// <param name="Planned">Whom it will be raced with.</param>
    public sealed record Accepted(GoalId Id, long Incarnation, IReadOnlyList<BackendName> Planned) : IGoalEvent;

    /// <summary>The coordinator, or the flight that the goal is on, is about to go on somewhere else: ask for the goal again.</summary>
    public sealed record Moving(GoalId Id) : IGoalEvent;

    /// <summary>A prover was started.</summary>
    public sealed record RunStarted(GoalId Id, RunId Run, string Node, TimeSpan At) : IGoalEvent;

    /// <summary>The first decisive verdict is in.</summary>
    public sealed record Decided(GoalId Id, Verdict Verdict, SzsStatus Szs, RunId Winner, TimeSpan At) : IGoalEvent;

    /// <summary>A run has ended, and nothing of it is alive.</summary>
    public sealed record RunEnded(GoalId Id, RunRow Row) : IGoalEvent;

    /// <summary>Every run has ended: nothing can change any more.</summary>
    public sealed record Settled(GoalId Id, GoalAnswer Answer) : IGoalEvent;
}
