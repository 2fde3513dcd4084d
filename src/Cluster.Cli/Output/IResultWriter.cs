using ProverCluster.Cli.Racing;

namespace ProverCluster.Cli.Output;

/// <summary>Prints goals one after the other, in the order it is given them.</summary>
internal interface IResultWriter
{
    /// <exception cref="IOException">Nobody reads the results any more.</exception>
    Task WriteAsync(GoalInFlight goal);
}
