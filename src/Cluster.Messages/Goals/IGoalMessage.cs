using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Goals;

/// <summary>Addressed to a goal's coordinator, wherever it lives.</summary>
public interface IGoalMessage : IProtocolMessage
{
    GoalId Goal { get; }
}
