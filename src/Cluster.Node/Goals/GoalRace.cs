using System.Collections.Immutable;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Goals;

/// <summary>
/// The race for one goal, as a value. <see cref="On"/> is all that ever happens to it; time comes as an argument, since the
/// goal's acceptance. What the first decisive verdict, a late one, a lost run, a withdrawal and the deadline mean is decided
/// here and nowhere else.
/// </summary>
internal sealed partial record GoalRace
{
    private GoalRace(RacePlan plan, ImmutableArray<RaceRun> runs)
    {
        Plan = plan;
        Runs = runs;
    }

    public RacePlan Plan { get; }

    /// <summary>Every planned run, in the order of the plan; one that takes the place of a lost run stands after that.</summary>
    public ImmutableArray<RaceRun> Runs { get; private init; }

    /// <summary>Whose decisive verdict is the answer.</summary>
    public RunId? Winner { get; private init; }

    public TimeSpan? Decided { get; private init; }

    /// <summary>Set when every run has ended; nothing changes after it.</summary>
    public GoalAnswer? Answer { get; private init; }

    public string? WithdrawnBecause { get; private init; }

    public bool DeadlinePassed { get; private init; }

    /// <summary>How many reports came that belong to no living run of this race.</summary>
    public int Dropped { get; private init; }

    public bool IsSettled => Answer is not null;

    public GoalState Standing => IsSettled ? GoalState.Settled : Decided is not null ? GoalState.Decided : GoalState.Open;

    /// <summary>Those that a node has and that have not ended.</summary>
    public IEnumerable<RaceRun> LivingRuns => Runs.Where(run => run is { HasEnded: false, Node: not null });

    /// <summary>Whether any run wants a slot.</summary>
    public bool HasSought => Runs.Any(run => run.IsSeeking);

    private GoalEvents.Decided? DecidedEvent =>
        Winning is { } winning ? new GoalEvents.Decided(Goal.Id, winning.Verdict, winning.Szs, Winner!, Decided!.Value) : null;

    private GoalEvents.Settled? SettledEvent => Answer is { } answer ? new GoalEvents.Settled(answer.Id, answer) : null;

    private Goal Goal => Plan.Goal;

    /// <summary>The race at the moment it is planned, and what to do first.</summary>
    /// <param name="plan">Whom to race.</param>
    /// <param name="now">Since the goal's acceptance; more than nothing when an earlier coordinator is gone.</param>
    public static RaceStep Begin(RacePlan plan, TimeSpan now = default)
    {
        var runs = plan.Runs.Select(planned => new RaceRun(new RunId(plan.Goal.Id, plan.Incarnation, planned.Backend, Attempt: 1)));
        var step = new RaceStep(new GoalRace(plan, [.. runs]), []);
        step = step.Then(new RaceEffect.Announce(plan.Accepted));
        foreach (var (planned, run) in plan.Runs.Zip(step.Race.Runs))
        {
            if (planned.Missing is { } missing)
                step = End(step, run, NeverStarted(NoStart.Unavailable, missing), now);
        }

        return Advance(step, now);
    }

    /// <summary>The race as another node hands it over. One that was settled is so again, with the same verdict and table.</summary>
    public static RaceStep Restore(RaceState state)
    {
        var race = new GoalRace(RacePlan.Of(state), [.. state.Runs.Select(RaceRun.Of)])
        {
            Winner = state.Winner,
            Decided = state.Decided,
            WithdrawnBecause = state.WithdrawnBecause,
            DeadlinePassed = state.DeadlinePassed,
        };
        return Advance(new RaceStep(race, []), state.At);
    }

    /// <summary>The race as another node can go on with it.</summary>
    public RaceState State(TimeSpan now) => new(
        Goal, Plan.Incarnation, now, [.. Runs.Select(run => run.State())], Plan.NobodyCan, Winner, Decided, WithdrawnBecause, DeadlinePassed);

    /// <summary>All that has been told of the goal so far, for somebody who comes late or has missed a part.</summary>
    public IEnumerable<IGoalEvent> Story()
    {
        var early = Runs.Where(run => Decided is null || (run.Final?.At < Decided && !IsHeldBack(run))).ToArray();
        return new IGoalEvent?[] { Plan.Accepted }
            // Lost before it is planned again, as it was told.
            .Concat(Runs.SelectMany(run => new IGoalEvent?[] { run.StartedEvent, early.Contains(run) ? EndedEvent(run) : null }))
            .Append(DecidedEvent)
            .Concat(Runs.Except(early).Select(EndedEvent))
            .Append(SettledEvent)
            .OfType<IGoalEvent>();
    }

    /// <summary>What the race is after something happened, and what to do about it. Never throws, whatever is told.</summary>
    /// <param name="happening">What happened.</param>
    /// <param name="now">Since the goal's acceptance.</param>
    public RaceStep On(RaceHappening happening, TimeSpan now)
    {
        var step = new RaceStep(this, []);
        if (IsSettled)
            return happening is RaceHappening.Told ? Drop(step) : step;

        return happening switch
        {
            RaceHappening.Told { Event: RunEvents.Started started } => Started(step, started, now),
            RaceHappening.Told { Event: RunEvents.Concluded concluded } => Concluded(step, concluded, now),
            RaceHappening.Told { Event: RunEvents.Ended ended } => Ended(step, ended, now),
            RaceHappening.Told { Event: RunEvents.Refused refused } => Refused(step, refused, now),
            RaceHappening.Placed placed => Placed(step, placed, now),
            RaceHappening.Unplaceable nowhere => Unplaceable(step, nowhere, now),
            RaceHappening.NodeLost lost => Lost(step, lost, now),
            RaceHappening.Withdrawn withdrawn => Withdrawn(step, withdrawn, now),
            RaceHappening.DeadlinePassed => PassDeadline(step, now),
            _ => Drop(step),
        };
    }

    private static RaceStep Withdrawn(RaceStep step, RaceHappening.Withdrawn withdrawn, TimeSpan now)
    {
        if (step.Race.WithdrawnBecause is not null)
            return step;

        step = step with { Race = step.Race with { WithdrawnBecause = withdrawn.Reason } };
        return Advance(StopAll(step, new RunStop(StopReason.Withdrawn, withdrawn.Reason), now), now);
    }

    private static RaceStep PassDeadline(RaceStep step, TimeSpan now)
    {
        if (step.Race.DeadlinePassed)
            return step;

        step = step with { Race = step.Race with { DeadlinePassed = true } };
        return Advance(StopAll(step, new RunStop(StopReason.TimedOut, RaceWords.Deadline), now), now);
    }

    private static RaceStep Conclude(RaceStep step, RaceRun run, Verdict verdict, SzsStatus szs, TimeSpan at, TimeSpan now)
    {
        step = step.With(run with { Conclusion = new Conclusion(verdict, szs, at) });
        if (step.Race.Goal.Strategy == Strategy.BestOf || step.Race.Winner is not null)
            return step;

        step = Decide(step, run.Id, now).Then(new RaceEffect.Command(run.Node!, new RunCommands.Finish(run.Id)));
        return StopAll(step, new RunStop(StopReason.Preempted, RaceWords.Preempted(run.Id.Backend, verdict)), now, except: run.Id);
    }

    private static RaceStep Decide(RaceStep step, RunId winner, TimeSpan now)
    {
        var race = step.Race with { Winner = winner, Decided = now };
        return (step with { Race = race }).Then(new RaceEffect.Announce(race.DecidedEvent!));
    }

    /// <summary>Asks for the end of every living run; one that no node has yet ends here and now.</summary>
    private static RaceStep StopAll(RaceStep step, RunStop stop, TimeSpan now, RunId? except = null)
    {
        foreach (var run in step.Race.Runs)
        {
            if (run.HasEnded || run.Stop is not null || run.Id == except)
                continue;

            var stopped = run with { Stop = new AskedStop(stop, now) };
            step = run.Node is null
                ? End(step, stopped, NeverStarted(NoStart.Stopped, stop.Cause), now)
                : step.With(stopped).Then(new RaceEffect.Command(run.Node, new RunCommands.Preempt(run.Id, stop)));
        }

        return step;
    }

    private static RaceStep End(RaceStep step, RaceRun run, RunReport report, TimeSpan now)
    {
        var ended = run with { Final = new FinalReport(report, now) };
        step = step.With(ended);
        return step.Race.EndedEvent(ended) is { } told ? step.Then(new RaceEffect.Announce(told)) : step;
    }

    /// <summary>The end of a run, once it can be told.</summary>
    private GoalEvents.RunEnded? EndedEvent(RaceRun run) =>
        !run.HasEnded || (Winner is null && IsHeldBack(run)) ? null : new GoalEvents.RunEnded(Goal.Id, run.Row(Winning, Winner == run.Id));

    /// <summary>In a best-of race the words won, agreed and disagreed are known only at the end.</summary>
    private bool IsHeldBack(RaceRun run) => Goal.Strategy == Strategy.BestOf && run.Conclusion is not null;

    /// <summary>Looks for slots for what may start now, or settles if nothing is left.</summary>
    private static RaceStep Advance(RaceStep step, TimeSpan now)
    {
        if (step.Race.MayStart)
        {
            var waiting = step.Race.Runs.Where(run => run.IsWaiting).ToArray();
            var sequential = step.Race.Goal.Strategy == Strategy.Sequential;
            foreach (var run in sequential ? waiting.Take(step.Race.IsIdle ? 1 : 0) : waiting)
                step = step.With(run with { Asked = now }).Then(new RaceEffect.Seek(run.Id));
        }

        return step.Race.IsOver ? Settle(step, now) : step;
    }

    private static RaceStep Settle(RaceStep step, TimeSpan now)
    {
        if (step.Race.Winner is null && step.Race.FastestConclusion is { } fastest)
        {
            step = Decide(step, fastest.Id, now);
            foreach (var run in step.Race.Runs.Where(run => run.Conclusion is not null))
                step = step.Then(new RaceEffect.Announce(step.Race.EndedEvent(run)!));
        }

        step = step with { Race = step.Race with { Answer = RaceWords.Answer(step.Race, now) } };
        return step.Then(new RaceEffect.Announce(step.Race.SettledEvent!));
    }

    private static RaceStep Drop(RaceStep step) => step with { Race = step.Race with { Dropped = step.Race.Dropped + 1 } };

    private static RunReport NeverStarted(NoStart why, string detail) =>
        new(new RunEnd.NeverStarted(why, detail), null, RunSaying.Nothing, RunTimes.None, RunUsage.None);

    internal Conclusion? Winning => Runs.FirstOrDefault(run => run.Id == Winner)?.Conclusion;

    private RaceRun? FastestConclusion => Runs.Where(run => run.Conclusion is not null).MinBy(run => run.OnGoalClock(run.Conclusion!.At));

    private bool MayStart => Winner is null && !DeadlinePassed && WithdrawnBecause is null;

    private bool IsIdle => Runs.All(run => run.HasEnded || run.IsWaiting);

    private bool IsOver => Runs.All(run => run.HasEnded);

    internal GoalRace Replace(RaceRun run) => this with { Runs = [.. Runs.Select(old => old.Id == run.Id ? run : old)] };
}

/// <summary>A race after something happened, and what is to be done about it, in that order.</summary>
internal sealed record RaceStep(GoalRace Race, ImmutableArray<RaceEffect> Effects)
{
    public RaceStep Then(RaceEffect effect) => this with { Effects = Effects.Add(effect) };

    public RaceStep With(RaceRun run) => this with { Race = Race.Replace(run) };
}
