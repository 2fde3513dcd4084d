using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Node.Goals;

/// <summary>Which part of a goal's story an event is: a coordinator that is asked again tells it from the beginning, and who has heard a part counts it once.</summary>
/// <param name="What">Which event.</param>
/// <param name="Run">Of which run; null if it is of the goal.</param>
internal readonly record struct StoryPart(Type What, RunId? Run)
{
    public static StoryPart Of(IGoalEvent told) => told switch
    {
        GoalEvents.RunStarted started => new StoryPart(told.GetType(), started.Run),
        GoalEvents.RunEnded ended => new StoryPart(told.GetType(), ended.Row.Run),
        _ => new StoryPart(told.GetType(), null),
    };
}
