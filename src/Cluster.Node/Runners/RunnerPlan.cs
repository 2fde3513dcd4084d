using System.Globalization;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Runners;

/// <summary>
/// One run as its runner knows it, as a value: events set flags, <see cref="OnTick"/> acts on them. Times count from the node's
/// receipt of the run.
/// </summary>
/// <param name="Limits">What the run may use.</param>
/// <param name="Linger">How long it may take to end by itself after it won.</param>
internal sealed record RunnerPlan(RunLimits Limits, TimeSpan Linger)
{
    public const string Deadline = "the goal's deadline";

    /// <summary>When its process was started.</summary>
    public TimeSpan? Started { get; private init; }

    /// <summary>Why we ended it: set when the signal is sent, and never changed.</summary>
    public RunStop? Stopped { get; private init; }

    public TimeSpan? StopRequested { get; private init; }

    public TimeSpan? Killed { get; private init; }

    /// <summary>What it said while it ran, if that is decisive.</summary>
    public RunSaying? Conclusion { get; private init; }

    public TimeSpan? ConcludedAt { get; private init; }

    public TimeSpan? Ended { get; private init; }

    private RunStop? Requested { get; init; }

    private TimeSpan? FinishBy { get; init; }

    public RunnerPlan OnStarted(TimeSpan at) => this with { Started = at };

    /// <summary>Somebody asks for its end; the first reason stays.</summary>
    public RunnerPlan OnPreempt(RunStop stop, TimeSpan now) =>
        Requested is null ? this with { Requested = stop, StopRequested = now } : this;

    /// <summary>It won: it may end by itself, but a wanted model is worth waiting for until the deadline.</summary>
    public RunnerPlan OnFinish(TimeSpan now) => this with { FinishBy = Limits.KeepOutput ? Limits.Deadline : now + Linger };

    /// <summary>Its output is decisive. Once we have sent a signal it is not: we may have cut it short.</summary>
    public RunnerPlan OnConcluded(RunSaying saying, TimeSpan at) =>
        Stopped is null && Conclusion is null ? this with { Conclusion = saying, ConcludedAt = at } : this;

    /// <summary>The prover itself has ended.</summary>
    public RunnerPlan OnEnded(TimeSpan at) => Ended is null ? this with { Ended = at } : this;

    /// <summary>What this tick does: the plan is <see cref="Stopped"/> after it if the run is to be killed now.</summary>
    public RunnerPlan OnTick(ProverSample sample, TimeSpan now)
    {
        if (Stopped is not null || Ended is not null)
            return this;

        var stop = Requested ?? PassedLimit(sample, now);
        return stop is null ? this : this with { Stopped = stop, StopRequested = StopRequested ?? now, Killed = now };
    }

    /// <summary>The last report, when nothing of the run is alive.</summary>
    public RunReport Report(RunEnd end, RunSaying said, RunUsage usage, TimeSpan reaped)
    {
        var saying = Conclusion is { } early
            ? early with { Output = said.Output }
            : Stopped is null ? said : RunSaying.Nothing;
        var verdictAt = ConcludedAt ?? (saying.Verdict == Messages.Verdicts.Verdict.Unknown ? null : Ended);
        return new RunReport(end, Stopped, saying, new RunTimes(Started, verdictAt, StopRequested, Killed, Started is null ? null : Ended ?? reaped, reaped), usage);
    }

    private RunStop? PassedLimit(ProverSample sample, TimeSpan now)
    {
        if (now >= Limits.Deadline)
            return new RunStop(StopReason.TimedOut, Deadline);
        if (Limits.Wall is { } wall && now - (Started ?? now) >= wall)
            return new RunStop(StopReason.TimedOut, $"its cap of {Seconds(wall)} of wall time");
        if (Limits.Cpu is { } cpu && sample.Cpu >= cpu)
            return new RunStop(StopReason.TimedOut, $"its cap of {Seconds(cpu)} of processor time");
        if (sample.RssBytes > Limits.MemoryBytes)
            return new RunStop(StopReason.MemoryOut, $"its cap of {MiB(Limits.MemoryBytes)} of memory");
        if (sample.OutputBytes > Limits.OutputBytes)
            return new RunStop(StopReason.OutputTooLarge, $"its cap of {MiB(Limits.OutputBytes)} of output");
        if (sample.Processes > ProverSample.MostProcesses)
            return new RunStop(StopReason.MemoryOut, $"its cap of {ProverSample.MostProcesses} processes");
        if (now >= FinishBy)
            return new RunStop(StopReason.Preempted, "its verdict is in, and it did not end");
        return null;
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###}s");

    private static string MiB(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.##} MiB");
}
