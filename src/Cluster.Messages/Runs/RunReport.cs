using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Runs;

/// <summary>All that is known of a run when it has ended: how it ended, why we ended it, what it said; three facts, kept apart.</summary>
/// <param name="End">How its process ended.</param>
/// <param name="Stop">Why we ended it, or null if it ended by itself.</param>
/// <param name="Said">What its output says.</param>
/// <param name="Times">When it did what.</param>
/// <param name="Usage">What it used.</param>
/// <param name="Arguments">What it was called with, if it was decisive; null if not.</param>
public sealed record RunReport(RunEnd End, RunStop? Stop, RunSaying Said, RunTimes Times, RunUsage Usage, IReadOnlyList<string>? Arguments = null);

/// <summary>Why we ended a run, with the cause told in words: "run-timeout of 5s".</summary>
public sealed record RunStop(StopReason Reason, string Cause);

/// <summary>What a run's output says.</summary>
/// <param name="Verdict"><see cref="Verdict.Proved"/>, <see cref="Verdict.Refuted"/> or <see cref="Verdict.Unknown"/>.</param>
/// <param name="Szs">The status, normalised.</param>
/// <param name="Fault">Why the output counts as an error, or null.</param>
/// <param name="Malformed">What it said of a text it calls malformed, cut to 500 characters, or null.</param>
/// <param name="Output">The model, core or proof, if it was wanted; null otherwise.</param>
/// <param name="Line">The line that says a decisive verdict; null of any other.</param>
public sealed record RunSaying(Verdict Verdict, SzsStatus Szs, string? Fault = null, string? Malformed = null, ProverOutput? Output = null, string? Line = null)
{
    public static readonly RunSaying Nothing = new(Verdict.Unknown, SzsStatus.Unknown);
}

/// <summary>When a run did what, since its node received <see cref="RunCommands.Start"/>; null for what never happened.</summary>
/// <param name="Started">Its process was started.</param>
/// <param name="Verdict">Its verdict was read.</param>
/// <param name="StopRequested">The request to stop it arrived, or a limit was seen to be passed.</param>
/// <param name="Killed">The signal was sent.</param>
/// <param name="Ended">Its prover ended.</param>
/// <param name="Reaped">Nothing that it started was alive any more.</param>
public sealed record RunTimes(TimeSpan? Started, TimeSpan? Verdict, TimeSpan? StopRequested, TimeSpan? Killed, TimeSpan? Ended, TimeSpan? Reaped)
{
    public static readonly RunTimes None = new(null, null, null, null, null, null);
}

/// <summary>What all processes of a run used together; null where it was never sampled.</summary>
public sealed record RunUsage(TimeSpan? Cpu, long? PeakRssBytes)
{
    public static readonly RunUsage None = new(null, null);
}
