using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Goals;

/// <summary>One planned run as its race knows it. Times count from the goal's acceptance.</summary>
/// <param name="Id">Which run.</param>
/// <param name="Asked">When a slot was first looked for; null while a sequential race has not come to it.</param>
/// <param name="Node">The node that has it; null while it waits for a slot.</param>
/// <param name="Version">The prover's version there, as far as it is known.</param>
/// <param name="PlacedAt">When that node was asked.</param>
/// <param name="Received">By when that node had the request, at the latest; null while nothing was told of the run.</param>
/// <param name="Started">When it was started, as its listeners were told; null while no start was told.</param>
/// <param name="Stop">Why and when the race asked for its end; the first reason stays.</param>
/// <param name="Conclusion">Its decisive verdict, once told.</param>
/// <param name="Final">How it ended; once set, nothing about the run changes.</param>
internal sealed record RaceRun(
    RunId Id,
    TimeSpan? Asked = null,
    string? Node = null,
    string? Version = null,
    TimeSpan? PlacedAt = null,
    TimeSpan? Received = null,
    TimeSpan? Started = null,
    AskedStop? Stop = null,
    Conclusion? Conclusion = null,
    FinalReport? Final = null)
{
    public bool HasEnded => Final is not null;

    public bool IsStarted => Started is not null;

    public bool IsWaiting => Asked is null && Final is null;

    public bool IsSeeking => Asked is not null && Node is null && Final is null;

    public static RaceRun Of(RunState state) => new(
        state.Id,
        state.Asked,
        state.Placed,
        state.Version,
        state.Asked,
        state.Received,
        state.Started,
        state.Stop is null ? null : new AskedStop(state.Stop, state.StopAt!.Value),
        state.Verdict is { } verdict ? new Conclusion(verdict, state.Szs!.Value, state.VerdictAt!.Value) : null,
        state.Report is null ? null : new FinalReport(state.Report, state.EndedAt!.Value));

    public RunState State() => new(
        Id, Asked, Node, Version, Received, Started, Stop?.Stop, Stop?.At, Conclusion?.Verdict, Conclusion?.Szs, Conclusion?.At, Final?.Report, Final?.At);

    /// <summary>True if its prover came to an end without us: what it says of the goal is its own word.</summary>
    public bool EndedByItself => Final?.Report is { Stop: null, End: RunEnd.Exited or RunEnd.Signalled };

    /// <summary>
    /// Nodes tell times since they received a run, on clocks of their own. The quickest report says best when that was. Never
    /// placed too early, nothing that a run did seems to come before its cause: a kill before the verdict that it is for.
    /// </summary>
    /// <param name="told">What the node says has passed since its receipt of the run.</param>
    /// <param name="now">When that was heard.</param>
    public RaceRun Heard(TimeSpan told, TimeSpan now)
    {
        var latest = now - told < PlacedAt!.Value ? PlacedAt.Value : now - told;
        return Received <= latest ? this : this with { Received = latest };
    }

    public TimeSpan? OnGoalClock(TimeSpan? sinceReceipt) => (Received ?? PlacedAt ?? Asked) + sinceReceipt;

    /// <summary>True if its prover was at work until we ended it.</summary>
    public bool WasCutShort => Final?.Report is { Stop: not null, Times.Started: not null };

    public GoalEvents.RunStarted? StartedEvent => Started is { } at ? new GoalEvents.RunStarted(Id.Goal, Id, Node!, at) : null;

    /// <summary>The run's row in the table, given who won.</summary>
    public RunRow Row(Conclusion? winning, bool isWinner)
    {
        var report = Final?.Report ?? throw new InvalidOperationException($"{Id} has not ended");
        // A run that never left the queue has no reason of its runner's: the race's own counts.
        var stop = report is { Stop: null, End: RunEnd.NeverStarted { Why: NoStart.Stopped } } ? Stop?.Stop : report.Stop;
        return new RunRow(
            Id,
            Version,
            Node,
            Outcome(report, stop, winning, isWinner),
            RunCodes.Of(report.End, stop?.Reason),
            Conclusion?.Szs ?? report.Said.Szs,
            Detail(report, stop),
            Times(report.Times),
            report.Usage,
            stop,
            Conclusion is null ? null : report.Arguments,
            Conclusion is null ? null : report.Said.Line);
    }

    private RunOutcome Outcome(RunReport report, RunStop? stop, Conclusion? winning, bool isWinner)
    {
        if (Conclusion is not null)
            return isWinner ? RunOutcome.Won : Conclusion.Verdict == winning?.Verdict ? RunOutcome.Agreed : RunOutcome.Disagreed;

        if (stop is not null)
            return OutcomeOf(stop.Reason);

        return report switch
        {
            { End: RunEnd.NeverStarted { Why: NoStart.Unavailable } } => RunOutcome.Unavailable,
            { End: RunEnd.NeverStarted } => RunOutcome.Error,
            { End: RunEnd.Lost } => RunOutcome.Lost,
            { End: RunEnd.Signalled } or { Said.Fault: not null } or { Said.Malformed: not null } => RunOutcome.Error,
            _ => RunOutcome.GaveUp,
        };
    }

    private static RunOutcome OutcomeOf(StopReason reason) => reason switch
    {
        StopReason.Preempted => RunOutcome.Preempted,
        StopReason.TimedOut => RunOutcome.TimedOut,
        StopReason.MemoryOut => RunOutcome.MemoryOut,
        StopReason.OutputTooLarge => RunOutcome.OutputTooLarge,
        StopReason.Withdrawn => RunOutcome.Withdrawn,
        StopReason.Drained => RunOutcome.Lost,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no such stop reason"),
    };

    private static string? Detail(RunReport report, RunStop? stop) => report switch
    {
        _ when stop is not null => stop.Reason == StopReason.Preempted ? null : stop.Cause,
        { End: RunEnd.NeverStarted never } => never.Detail,
        { End: RunEnd.Lost lost } => lost.Detail,
        { Said.Fault: { } fault } => fault,
        { Said.Malformed: { } malformed } => malformed,
        { End: RunEnd.Signalled signalled } => $"ended by signal {signalled.Signal}",
        _ => null,
    };

    private RunRowTimes Times(RunTimes told) => new(
        Asked,
        OnGoalClock(told.Started),
        OnGoalClock(Conclusion?.At),
        Stop?.At ?? OnGoalClock(told.StopRequested),
        OnGoalClock(told.Killed),
        OnGoalClock(told.Ended),
        OnGoalClock(told.Reaped));
}

internal sealed record AskedStop(RunStop Stop, TimeSpan At);

/// <param name="Verdict">What it says of the goal.</param>
/// <param name="Szs">In the field's words.</param>
/// <param name="At">Since its node's receipt of the run.</param>
internal sealed record Conclusion(Verdict Verdict, SzsStatus Szs, TimeSpan At);

internal sealed record FinalReport(RunReport Report, TimeSpan At);
