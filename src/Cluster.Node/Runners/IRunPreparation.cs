using ProverCluster.Messages.Runs;
using ProverCluster.Node.Backends.Readings;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Runners;

/// <summary>From "run this backend on that text" to a command and the reading of what it will print.</summary>
internal interface IRunPreparation
{
    /// <returns>All that a runner needs, or why the run cannot be.</returns>
    PreparedRun Prepare(RunCommands.Start start);
}

/// <param name="Command">What to start; null if the run cannot be.</param>
/// <param name="Reading">Reads what it prints.</param>
/// <param name="Version">Asks the prover for its version; the answer is null where it cannot tell.</param>
/// <param name="Failure">Why the run cannot be.</param>
internal sealed record PreparedRun(ProverCommand? Command, IOutputReading? Reading, Func<Task<string?>> Version, RunEnd.NeverStarted? Failure)
{
    public static PreparedRun Ready(ProverCommand command, IOutputReading reading, Func<Task<string?>> version) => new(command, reading, version, null);

    public static PreparedRun Failed(NoStart why, string detail) => new(null, null, () => Task.FromResult<string?>(null), new RunEnd.NeverStarted(why, detail));
}
