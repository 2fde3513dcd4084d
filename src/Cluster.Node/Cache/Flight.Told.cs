using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Cache;

/// <summary>The part of the flight that is about what its race tells, and what the end of it means to each goal.</summary>
internal sealed partial record Flight
{
    private FlightStep Tell(FlightHappening.Told told, TimeSpan now)
    {
        if (Race is not { } race || told.Race != race.Number || told.Event.Id != race.Goal.Id || told.Event is GoalEvents.Moving)
            return Same;
        if (race.Events.Any(known => StoryPart.Of(known) == StoryPart.Of(told.Event)))
            return Same;
        var heard = race with { Events = race.Events.Add(told.Event) };
        var after = this with { Race = heard };
        return told.Event is GoalEvents.Settled settled
            ? after.Settle(heard, settled, now)
            : after.Same.Tell(Riders.Values.Select(rider => Retold.For(rider, heard, told.Event, null)));
    }

    private FlightStep Settle(FlightRace race, GoalEvents.Settled settled, TimeSpan now)
    {
        var answer = settled.Answer;
        if (answer.Verdict.IsDecisive())
            return Land(race, settled, now);
        if (answer.Runs.Any(run => run.Outcome == RunOutcome.Disagreed))
            return (this with { Riders = Riders.Clear(), Race = null }).Same.Tell(Riders.Values.Select(rider => Retold.For(rider, race, settled, null))).Then(new FlightEffect.Evict(race.Goal.Id, answer.Reason ?? ""));

        var answered = Riders.Values.Where(rider => IsAnsweredBy(race, answer, rider, now)).ToArray();
        var step = (this with { Riders = Riders.RemoveRange(answered.Select(rider => rider.Goal.Id)), Race = null }).Same.Tell(answered.Select(rider => Retold.For(rider, race, settled, null)));
        return step.Flight.BeginRace(step, now);
    }

    private FlightStep Land(FlightRace race, GoalEvents.Settled settled, TimeSpan now)
    {
        var provenance = Provenance.Of(settled.Answer, _beganAt + (long)now.TotalMilliseconds);
        var landed = provenance is null ? null : new CacheHit(settled.Answer.Verdict, provenance);
        var step = (this with { Riders = Riders.Clear(), Race = null, Landed = landed }).Same
            .Tell(Riders.Values.Select(rider => Retold.For(rider, race, settled, provenance)));
        return step.Then(landed is null ? new FlightEffect.Finish() : new FlightEffect.Keep(race.Goal.Id, race.Goal.Language, landed));
    }

    /// <summary>Whether an answer that decides nothing is that goal's answer too.</summary>
    private static bool IsAnsweredBy(FlightRace race, GoalAnswer answer, Rider rider, TimeSpan now) => answer.Verdict switch
    {
        // The text is no goal, or nobody is there who could race for it.
        Verdict.Rejected => true,
        // It was given up by those who were there then.
        Verdict.Withdrawn => !rider.WantsAnswer,
        _ => !rider.WantsAnswer || race.IsOf(rider) || race.IsAsGoodFor(rider, answer, now),
    };
}
