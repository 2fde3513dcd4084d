using ProverCluster.Messages;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Goals;

/// <summary>The answer of a race that is over, and the sentences in it.</summary>
internal static class RaceWords
{
    public static string Preempted(BackendName winner, Verdict verdict) => $"{winner} {verdict.Word()} the goal";

    public const string Deadline = "the goal's deadline";

    public static GoalAnswer Answer(GoalRace race, TimeSpan now)
    {
        var winning = race.Winning;
        var rows = race.Runs.Select(run => run.Row(winning, run.Id == race.Winner)).ToArray();
        var (verdict, reason) = Judge(race, rows);
        return new GoalAnswer(
            race.Plan.Goal.Id,
            race.Plan.Goal.Name,
            verdict,
            verdict.IsDecisive() ? winning?.Szs : null,
            verdict.IsDecisive() ? race.Winner : null,
            race.Decided,
            now,
            reason is null ? null : WordLimits.Cut(reason, WordLimits.Reason),
            rows,
            verdict.IsDecisive() ? race.Runs.First(run => run.Id == race.Winner).Final!.Report.Said.Output : null);
    }

    private static (Verdict Verdict, string? Reason) Judge(GoalRace race, IReadOnlyList<RunRow> rows)
    {
        if (race.Winning is { } winning)
        {
            var opposed = race.Runs.FirstOrDefault(run => run.Conclusion is { } other && other.Verdict != winning.Verdict);
            return opposed is null
                ? (winning.Verdict, null)
                : (Verdict.Unknown, $"contradiction: {race.Winner!.Backend} {winning.Verdict.Word()} the goal, {opposed.Id.Backend} {opposed.Conclusion!.Verdict.Word()} it");
        }

        if (rows.All(row => row.Outcome == RunOutcome.Unavailable))
            return (Verdict.Rejected, race.Plan.NobodyCan ?? "no prover is available for it");

        if (race.WithdrawnBecause is { } withdrawn)
            return (Verdict.Withdrawn, withdrawn);

        // One that we stopped had not complained: a text that a prover worked on until its time was up is a goal to it.
        var spoke = race.Runs.Where(run => run.EndedByItself).ToArray();
        if (spoke.Length > 0 && !race.Runs.Any(run => run.WasCutShort) && spoke.All(run => run.Final!.Report.Said.Malformed is not null))
            return (Verdict.Rejected, Quote(spoke));

        var malformed = spoke.Where(run => run.Final!.Report.Said.Malformed is not null).ToArray();
        var summary = Summary(rows);
        return (Verdict.Unknown, malformed.Length == 0 ? summary : $"{summary} ({Quote(malformed)})");
    }

    /// <summary>What became of each run, in a few words.</summary>
    public static string Summary(IEnumerable<RunRow> rows) => string.Join("; ", rows.Where(row => row.Outcome != RunOutcome.Unavailable).Select(Summary));

    private static string Quote(IEnumerable<RaceRun> runs) =>
        string.Join("; ", runs.Select(run => $"{run.Id.Backend} calls it malformed: {run.Final!.Report.Said.Malformed}"));

    private static string Summary(RunRow row)
    {
        var words = row.Outcome switch
        {
            RunOutcome.TimedOut => "timed out",
            RunOutcome.MemoryOut => "ran out of memory",
            RunOutcome.OutputTooLarge => "printed too much",
            RunOutcome.GaveUp => row.Szs is SzsStatus.Unknown or SzsStatus.GaveUp ? "gave up" : $"said {row.Szs}",
            RunOutcome.Error => "failed",
            var other => other.Word(),
        };
        return row.Detail is null ? $"{row.Run.Backend} {words}" : $"{row.Run.Backend} {words}: {row.Detail}";
    }
}
