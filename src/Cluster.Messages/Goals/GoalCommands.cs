using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Goals;

/// <summary>Asked of a goal's coordinator.</summary>
public interface IGoalCommand : IGoalMessage;

public static class GoalCommands
{
    /// <summary>
    /// Race for this goal, or, if it is raced for, tell of it. <see cref="GoalEvents"/> go to the sender until <see cref="GoalEvents.Settled"/>. Whoever
    /// waits asks again, every few seconds. The sender of a goal that is not raced for is asked first whether it is there: its <c>ActorIdentity</c> begins the race.
    /// </summary>
    /// <param name="What">The goal.</param>
    /// <param name="Source">The address of the node that has its text.</param>
    /// <param name="Left">What is left of its deadline.</param>
    /// <param name="After">The incarnation of the coordinator that the sender knew before, 0 if none: a new life's is higher.</param>
    /// <param name="IsMoving">Whether that coordinator has said that it moves, or the goal's record or flight has moved: the race may be on its way, and is not to be begun anew before it comes.</param>
    public sealed record Submit(Goal What, string Source, TimeSpan Left, long After, bool IsMoving = false) : IGoalCommand
    {
        public GoalId Goal => What.Id;
    }

    /// <summary>Give the goal up. A settled goal stays as it is.</summary>
    public sealed record Withdraw(GoalId Goal, string Reason) : IGoalCommand;

    /// <summary>Go on with this race, which another node hands over.</summary>
    /// <param name="Race">As it stands.</param>
    /// <param name="Source">The address of the node that has the goal's text.</param>
    public sealed record Resume(RaceState Race, string Source) : IGoalCommand
    {
        public GoalId Goal => Race.Goal.Id;
    }
}
