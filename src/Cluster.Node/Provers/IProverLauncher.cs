using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Provers;

/// <summary>The one place that starts processes.</summary>
internal interface IProverLauncher
{
    /// <summary>
    /// Starts a prover. Returns once it is started or cannot be; everything later is told to the observer, always from
    /// one thread, ending with <see cref="IProverObserver.Reaped"/> exactly once if a process was returned.
    /// </summary>
    /// <returns>The process, or why there is none.</returns>
    ProverStart Start(ProverCommand command, IProverObserver observer);
}

/// <summary>A process, or why there is none.</summary>
internal readonly record struct ProverStart(IProverProcess? Process, RunEnd.NeverStarted? Failure);

internal interface IProverProcess
{
    /// <summary>Kills the prover and everything it started. Returns at once; a second call changes nothing.</summary>
    void Kill();

    /// <summary>What all processes of the run use and have used, sampled now.</summary>
    ProverSample Sample();
}

/// <param name="Cpu">Processor time of all processes together, ended ones included.</param>
/// <param name="RssBytes">Resident memory of all living processes together.</param>
/// <param name="OutputBytes">What was printed so far, all pipes together.</param>
internal readonly record struct ProverSample(TimeSpan Cpu, long RssBytes, long OutputBytes);

/// <summary>Which pipe.</summary>
internal enum ProverStream
{
    Stdout,
    Stderr,
    Result,
}

/// <summary>Is told what a prover does. Called by one thread; must be quick and must not throw.</summary>
internal interface IProverObserver
{
    void Printed(ProverStream stream, ReadOnlySpan<byte> bytes);

    /// <summary>All that is there for now on every pipe has been handed in.</summary>
    void Drained();

    /// <summary>The prover itself has ended; what it started may be alive still.</summary>
    void Ended();

    /// <summary>Nothing of the run is alive, and nothing more comes.</summary>
    void Reaped(RunEnd end, RunUsage usage);
}
