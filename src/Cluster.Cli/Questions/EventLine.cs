using ProverCluster.Cli.Output;
using ProverCluster.Client;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Questions;

/// <summary>What happens to a goal, one line for each event, with its time since the goal was accepted.</summary>
internal static class EventLine
{
    public static string Of(RaceEvent what) => what switch
    {
        RaceEvent.Accepted accepted => Line(TimeSpan.Zero, "accepted, raced by " + string.Join(", ", accepted.Planned)),
        RaceEvent.RunStarted started => Line(started.At, $"{started.Run.Backend} started on {Excerpt.Visible(started.Node)}"),
        RaceEvent.Decided decided => Line(decided.At, $"{decided.Verdict.Word()} by {decided.Winner} ({decided.Szs})"),
        RaceEvent.RunEnded ended => Line(ended.Row.Times.Reaped ?? ended.Row.Times.Ended, $"{ended.Row.Run.Backend} {ended.Row.Outcome.Word()}{Why(ended.Row)}"),
        RaceEvent.Settled settled => Line(settled.Result.Settled, "settled: " + settled.Result.Verdict.Word() + (settled.Result.Reason is { } why ? ", " + Excerpt.Visible(why) : "")),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "no such event"),
    };

    private static string Line(TimeSpan? at, string words) => $"{Times.Shown(at),9}  {words}";

    private static string Why(RunRow row) => (row.Stop?.Cause ?? row.Detail) is { } why ? ": " + Excerpt.Visible(why) : "";
}
