using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Goals;

/// <summary>One run's line in the table of its race. Times count from the goal's acceptance; null for what never happened.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Version">The prover's own word, or null if it was never asked.</param>
/// <param name="Node">Where it ran or waited, or null.</param>
/// <param name="Outcome">What it was to the race.</param>
/// <param name="Code">Its exit value, or the run code of <see cref="RunCodes"/>.</param>
/// <param name="Szs">What its output says.</param>
/// <param name="Detail">Why it is no verdict, in words; null where the outcome says it all.</param>
/// <param name="Times">When it did what.</param>
/// <param name="Usage">What it used.</param>
/// <param name="Stop">Why we ended it, or null.</param>
/// <param name="Arguments">What it was called with, if it was decisive; null if not.</param>
/// <param name="Line">The line that says its verdict; null where there is none.</param>
public sealed record RunRow(
    RunId Run,
    string? Version,
    string? Node,
    RunOutcome Outcome,
    int Code,
    SzsStatus Szs,
    string? Detail,
    RunRowTimes Times,
    RunUsage Usage,
    RunStop? Stop,
    IReadOnlyList<string>? Arguments = null,
    string? Line = null);

/// <summary>When a run did what, since its goal was accepted.</summary>
/// <param name="Queued">It was asked of a node; null in a sequential race that never came to it.</param>
/// <param name="Started">Its process was started.</param>
/// <param name="Verdict">Its verdict was read.</param>
/// <param name="StopRequested">The coordinator asked for its end, or its runner saw a limit passed.</param>
/// <param name="Killed">The signal was sent.</param>
/// <param name="Ended">Its prover ended.</param>
/// <param name="Reaped">Nothing that it started was alive any more.</param>
public sealed record RunRowTimes(
    TimeSpan? Queued,
    TimeSpan? Started,
    TimeSpan? Verdict,
    TimeSpan? StopRequested,
    TimeSpan? Killed,
    TimeSpan? Ended,
    TimeSpan? Reaped);
