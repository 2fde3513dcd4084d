namespace ProverCluster.Messages.Flights;

/// <summary>Addressed to a flight: all goals that ask the same at the same time, and share one race.</summary>
public interface IFlightMessage : IProtocolMessage
{
    /// <summary>Its name, which says what they ask.</summary>
    string Flight { get; }
}
