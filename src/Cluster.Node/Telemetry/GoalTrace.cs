using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Telemetry;

/// <summary>
/// One trace for each goal, told as a whole when it is settled: by its coordinator, which alone has all times on one clock, wherever they were taken and however often the
/// race has moved; or by its record, where there was no race of its own. So nothing of it travels, and no run waits for it.
/// </summary>
internal static class GoalTrace
{
    private static readonly ActivitySource Source = new(NodeMetrics.Name);

    /// <param name="goal">Whose trace.</param>
    /// <param name="answer">What became of it.</param>
    /// <param name="accepted">When it was accepted, by the clock on the wall.</param>
    /// <param name="source">Where the verdict comes from.</param>
    public static void Tell(Goal goal, GoalAnswer answer, DateTimeOffset accepted, AnswerSource source)
    {
        if (!Source.HasListeners())
            return;

        // A trace of its own, whatever this thread did before.
        Activity.Current = null;
        var clock = new TraceClock(accepted);
        using var root = Source.StartActivity("goal", ActivityKind.Internal, default(ActivityContext), null, null, clock.At(TimeSpan.Zero));
        if (root is null)
            return;
        root.SetTag("prover_cluster.goal.id", goal.Id.Value);
        root.SetTag("prover_cluster.goal.language", goal.Language.Name());
        root.SetTag("prover_cluster.goal.strategy", Limits.Strategy.WordOf(goal.Strategy));
        root.SetTag("prover_cluster.verdict", answer.Verdict.Word());
        root.SetTag("prover_cluster.verdict.source", source.Word());
        Span("submit", root, clock, TimeSpan.Zero, answer.Runs.Min(row => row.Times.Queued) ?? answer.Decided ?? answer.Settled);
        foreach (var row in answer.Runs)
            Tell(row, root, clock, answer);
        if (answer is { Decided: { } decided, Winner: { } winner } && source != AnswerSource.Cache)
        {
            var said = answer.Runs.FirstOrDefault(row => row.Run == winner)?.Times.Verdict;
            Span("verdict", root, clock, said < decided ? said.Value : decided, decided, ("prover_cluster.run.id", winner.ToString()));
        }

        root.SetEndTime(clock.At(answer.Settled).UtcDateTime);
    }

    private static void Tell(RunRow row, Activity root, TraceClock clock, GoalAnswer answer)
    {
        var times = row.Times;
        (string, object?)[] tags =
        [
            ("prover_cluster.run.id", row.Run.ToString()), ("prover_cluster.backend", row.Run.Backend.Value), ("prover_cluster.node", row.Node), ("prover_cluster.outcome", row.Outcome.Word()),
        ];
        if (times.Queued is { } queued)
            Span("queue", root, clock, queued, times.Started ?? times.Ended ?? times.Reaped ?? times.StopRequested ?? answer.Settled, tags);
        if (times.Started is not { } started)
            return;
        var reaped = times.Reaped ?? answer.Settled;
        var failure = row.Outcome is RunOutcome.Error or RunOutcome.Lost ? row.Outcome.Word() : null;
        var run = Span("run", root, clock, started, reaped, span => span.SetStatus(failure is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, failure), tags);
        if (times is { StopRequested: { } asked, Killed: { } killed } && AskedEnd.Word(row.Stop, asked, killed) is { } reason)
            Span("preemption", run ?? root, clock, asked, reaped, span => span.AddEvent(new ActivityEvent("signal", clock.At(killed))), [.. tags, ("prover_cluster.stop", reason)]);
    }

    private static Activity? Span(string name, Activity parent, TraceClock clock, TimeSpan from, TimeSpan to, params (string Key, object? Value)[] tags) =>
        Span(name, parent, clock, from, to, _ => { }, tags);

    /// <summary>What is to be in it is in it before it ends: it is exported then.</summary>
    private static Activity? Span(string name, Activity parent, TraceClock clock, TimeSpan from, TimeSpan to, Action<Activity> more, (string Key, object? Value)[] tags)
    {
        using var span = Source.StartActivity(name, ActivityKind.Internal, parent.Context, null, null, clock.At(from));
        if (span is null)
            return null;
        foreach (var (key, value) in tags)
            span.SetTag(key, value);
        more(span);
        // Times of two clocks are brought together by messages, and may be the length of one apart; and a span of no time at all would be taken for one that goes on.
        var (began, ended) = (clock.At(from), clock.At(to));
        span.SetEndTime((ended > began ? ended : began.AddTicks(1)).UtcDateTime);
        return span;
    }

    private readonly record struct TraceClock(DateTimeOffset Accepted)
    {
        // Traces count nanoseconds since 1970, in a number that ends in 2262.
        private static readonly DateTimeOffset First = DateTimeOffset.UnixEpoch.AddTicks(1), Last = new(2262, 1, 1, 0, 0, 0, TimeSpan.Zero);

        /// <summary>Runs' times are what their nodes say: one that no trace can have is the first or the last that it can.</summary>
        public DateTimeOffset At(TimeSpan since)
        {
            var (least, most) = (First - Accepted, Last - Accepted);
            return Accepted + (since < least ? least : since > most ? most : since);
        }
    }
}
