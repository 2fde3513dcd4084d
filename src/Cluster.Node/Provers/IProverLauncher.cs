using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Provers;

/// <summary>The one place that starts processes.</summary>
internal interface IProverLauncher : IDisposable
{
    /// <summary>What holds a prover in.</summary>
    Confinement Confinement { get; }

    /// <summary>
    /// Starts a prover, soon: returns at once, never blocks on it, and throws only when disposed. Everything that follows
    /// is told to the observer, always from the same one thread, ending with <see cref="IProverObserver.Reaped"/> exactly once.
    /// </summary>
    IProverProcess Start(ProverCommand command, IProverObserver observer);
}

/// <summary>A started prover. Every method may be called by any thread at any time, also when it is long gone.</summary>
internal interface IProverProcess
{
    /// <summary>
    /// Kills the prover and everything it started. Returns at once; a second call changes nothing. A prover that has
    /// not been started yet never will be.
    /// </summary>
    void Kill();

    /// <summary>What all processes of the run use and have used, sampled now. More than 512 of them and they are killed.</summary>
    ProverSample Sample();

    /// <summary>The ids of the processes of the run that live now, as this machine has them; for people, not for signals: they may be others' a moment later.</summary>
    IReadOnlyList<int> Processes();
}

/// <param name="Cpu">Processor time of all processes together, ended ones included; never goes down.</param>
/// <param name="RssBytes">Resident memory of all living processes together; what they share is counted for each.</param>
/// <param name="OutputBytes">What was printed so far, all pipes together.</param>
/// <param name="Processes">How many processes live.</param>
internal readonly record struct ProverSample(TimeSpan Cpu, long RssBytes, long OutputBytes, int Processes)
{
    /// <summary>Far more than a prover needs; one that forks without end would take every pid of the machine.</summary>
    public const int MostProcesses = 512;
}

/// <summary>Which pipe.</summary>
internal enum ProverStream
{
    Stdout,
    Stderr,
    Result,
}

/// <summary>Is told what a prover does. Called by one thread for all provers; must be quick and must not throw.</summary>
internal interface IProverObserver
{
    /// <summary>There is a process. Not told if there never was one.</summary>
    void Started();

    void Printed(ProverStream stream, ReadOnlySpan<byte> bytes);

    /// <summary>All that was there on every pipe has been handed in, for now.</summary>
    void Drained();

    /// <summary>The prover itself has ended, and all it printed was handed in; what it started may be alive still.</summary>
    void Ended();

    /// <summary>Nothing of the run is alive, and nothing more comes. Told once, last, for every start.</summary>
    void Reaped(RunEnd end, RunUsage usage);
}
