using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Flights;

public static class FlightEvents
{
    /// <summary>The goal cannot be raced, or nobody can be found who does.</summary>
    public sealed record Failed(GoalId Goal, string Why) : IProtocolMessage;
}
