namespace ProverCluster.Messages;

/// <summary>
/// Everything that may travel between nodes. Messages are immutable values: no actor references, delegates or
/// exceptions inside, and times only as spans, since two nodes share no clock.
/// </summary>
public interface IProtocolMessage;
