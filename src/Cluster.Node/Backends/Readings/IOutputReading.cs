using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>
/// Reads what one run prints, as it comes, and says what it is worth. It holds bounded memory however much is printed,
/// does no I/O, and is called by one thread at a time.
/// </summary>
internal interface IOutputReading
{
    void Stdout(ReadOnlySpan<byte> bytes);

    void Stderr(ReadOnlySpan<byte> bytes);

    /// <summary>Bytes of the entry's result file, for a prover that writes its model there.</summary>
    void Result(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// True once nothing that may still be printed can change the verdict, so that the race need not wait for the
    /// process to end. Asked only when everything printed so far on both pipes has been handed in.
    /// </summary>
    bool IsConclusive { get; }

    /// <summary>What the output is worth; the model, core or proof itself comes with the end only.</summary>
    /// <param name="end">How the process ended by itself, or null if it has not ended, or if we ended it.</param>
    RunSaying Conclude(RunEnd? end);
}
