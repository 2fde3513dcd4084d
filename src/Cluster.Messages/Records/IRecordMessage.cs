using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Records;

/// <summary>Addressed to a goal's record, wherever it lives.</summary>
public interface IRecordMessage : IProtocolMessage
{
    GoalId Goal { get; }
}
