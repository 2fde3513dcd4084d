using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Goals;

/// <summary>The part of the race that is about single runs: where they are, what is told of them, and what a lost one means.</summary>
internal sealed partial record GoalRace
{
    /// <summary>A slot was found: the run is asked of that node, with what is left for it.</summary>
    private static RaceStep Placed(RaceStep step, RaceHappening.Placed placed, TimeSpan now)
    {
        if (step.Race.Runs.FirstOrDefault(run => run.Id == placed.Run) is not { IsSeeking: true } run)
            return step;

        return step
            .With(run with { Node = placed.Node, Version = placed.Version, PlacedAt = now })
            .Then(new RaceEffect.Command(placed.Node, step.Race.StartOf(run.Id, placed.Grant, placed.Source, now)));
    }

    /// <summary>The node has no slot for it after all: another is looked for.</summary>
    private static RaceStep Refused(RaceStep step, RunEvents.Refused told, TimeSpan now)
    {
        if (step.Race.Telling(told) is not { IsStarted: false, Conclusion: null } run)
            return Drop(step);

        run = run with { Node = null, PlacedAt = null };
        return run.Stop is { } stop
            ? Advance(End(step, run, NeverStarted(NoStart.Stopped, stop.Stop.Cause), now), now)
            : step.With(run).Then(new RaceEffect.Seek(run.Id));
    }

    private static RaceStep Unplaceable(RaceStep step, RaceHappening.Unplaceable nowhere, TimeSpan now) =>
        step.Race.Runs.FirstOrDefault(run => run.Id == nowhere.Run) is { IsSeeking: true } run
            ? Advance(End(step, run, NeverStarted(NoStart.Failed, nowhere.Detail), now), now)
            : step;

    private static RaceStep Started(RaceStep step, RunEvents.Started told, TimeSpan now)
    {
        if (step.Race.Telling(told) is not { IsStarted: false } run)
            return Drop(step);

        run = run.Heard(told.At, now) with { Node = told.Node };
        run = run with { Started = run.OnGoalClock(told.At) };
        return step.With(run).Then(new RaceEffect.Announce(run.StartedEvent!));
    }

    private static RaceStep Concluded(RaceStep step, RunEvents.Concluded told, TimeSpan now)
    {
        if (step.Race.Living(told.Run) is not { Conclusion: null } run || !told.Verdict.IsDecisive())
            return Drop(step);

        return Conclude(step, run.Heard(told.At, now), told.Verdict, told.Szs, told.At, now);
    }

    private static RaceStep Ended(RaceStep step, RunEvents.Ended told, TimeSpan now)
    {
        if (step.Race.Telling(told) is not { } run)
            return Drop(step);

        var report = told.Report;
        run = run.Heard(report.Times.Reaped ?? TimeSpan.Zero, now);
        // A verdict that we may have cut short is no evidence.
        if (run.Conclusion is null && report.Stop is null && report.Said.Verdict.IsDecisive())
        {
            var at = report.Times.Verdict ?? report.Times.Ended ?? TimeSpan.Zero;
            step = Conclude(step, run, report.Said.Verdict, report.Said.Szs, at, now);
            run = step.Race.Living(told.Run)!;
        }

        run = run with { Node = told.Node, Version = told.Version ?? run.Version };
        step = End(step, run, report, now);
        // Our doing or the machine's, not the prover's.
        if (report.Stop?.Reason == StopReason.Drained || report.End is RunEnd.Lost)
            step = Replace(step, run);
        return Advance(step, now);
    }

    private static RaceStep Lost(RaceStep step, RaceHappening.NodeLost lost, TimeSpan now)
    {
        var report = new RunReport(new RunEnd.Lost(lost.Detail), null, RunSaying.Nothing, RunTimes.None, RunUsage.None);
        foreach (var run in step.Race.Runs.Where(run => run.Node == lost.Node && !run.HasEnded))
            step = Replace(End(step, run, report, now), run);
        return Advance(step, now);
    }

    /// <summary>
    /// Plans a run again whose node was lost, once: what takes two nodes with it shall not take a third. One whose node is drained is planned again as often as
    /// that happens: all nodes may be restarted in its time.
    /// </summary>
    private static RaceStep Replace(RaceStep step, RaceRun lost)
    {
        var runs = step.Race.Runs;
        var losses = runs.Count(run => run.Id.Backend == lost.Id.Backend && run.Final?.Report.End is RunEnd.Lost);
        if (!step.Race.MayStart || lost.Conclusion is not null || lost.Stop is not null || losses > 1)
            return step;

        var again = new RaceRun(lost.Id with { Attempt = lost.Id.Attempt + 1 });
        return step with { Race = step.Race with { Runs = runs.Insert(runs.IndexOf(runs.First(run => run.Id == lost.Id)) + 1, again) } };
    }

    /// <summary>What is asked of the node that a run was placed on, now.</summary>
    internal RunCommands.Start StartOf(RunId run, long? grant, string source, TimeSpan now)
    {
        var limits = Goal.Limits;
        var left = limits.Timeout > now ? limits.Timeout - now : TimeSpan.Zero;
        // The last of a sequential race has all that is left, which the deadline says already.
        var share = Goal.Strategy == Strategy.Sequential ? Runs.Count(other => other.IsWaiting || other.Id == run) : 1;
        TimeSpan? wall = share > 1 ? left / share : null;
        if (limits.RunTimeout is { } cap && (wall is null || cap < wall))
            wall = cap;
        return new RunCommands.Start(
            run, grant, Goal.Language, Goal.Text, source, new RunLimits(left, wall, limits.RunCpu, limits.MemoryBytes, limits.OutputBytes, Goal.KeepOutput));
    }

    /// <summary>The run of that id, if it is ours, a node has it, and it has not ended.</summary>
    internal RaceRun? Living(RunId id) => LivingRuns.FirstOrDefault(run => run.Id == id);

    /// <summary>
    /// The living run that a report is of. None if it comes from another node than the run was placed on last: that one began it after all, having refused it.
    /// </summary>
    internal RaceRun? Telling(IRunEvent told)
    {
        var teller = told switch
        {
            RunEvents.Started started => started.Node,
            RunEvents.Ended ended => ended.Node,
            RunEvents.Refused refused => refused.Node,
            _ => null,
        };
        return Living(told.Run) is { } run && (teller ?? run.Node) == run.Node ? run : null;
    }
}
