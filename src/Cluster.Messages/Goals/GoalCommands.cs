using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Goals;

/// <summary>Asked of a goal's coordinator.</summary>
public interface IGoalCommand : IProtocolMessage
{
    GoalId Id { get; }
}

public static class GoalCommands
{
    /// <summary>Race for this goal. <see cref="GoalEvents"/> go to the sender until <see cref="GoalEvents.Settled"/>.</summary>
    public sealed record Submit(Goal Goal) : IGoalCommand
    {
        public GoalId Id => Goal.Id;
    }

    /// <summary>Give the goal up. A settled goal stays as it is.</summary>
    public sealed record Withdraw(GoalId Id, string Reason) : IGoalCommand;
}
