using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Telemetry;
using ProverCluster.Node.Tests.Goals;

namespace ProverCluster.Node.Tests.Telemetry;

/// <summary>A goal's race as one trace.</summary>
public sealed class GoalTraceSpec : IDisposable
{
    private static readonly DateTimeOffset Accepted = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly GoalId _goal = GoalId.Parse($"g{Guid.NewGuid():N}");
    private readonly ActivityListener _listener;

    public GoalTraceSpec()
    {
        // Of all races of this process; each spec looks at its own.
        _listener = new ActivityListener { ShouldListenTo = source => source.Name == NodeMetrics.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = _spans.Enqueue };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void A_race_should_be_one_trace_with_all_that_happened_in_its_place_and_at_its_time()
    {
        using var outer = new Activity("what this thread did before").Start();
        var won = new RunRow(Run("z3"), "1", "a:1", RunOutcome.Won, 0, SzsStatus.Unsatisfiable, null, Times(1, 2, 30, null, null, 35, 36), RunUsage.None, null);
        var lost = new RunRow(Run("cvc5"), "1", "b:1", RunOutcome.Preempted, 0, SzsStatus.Unknown, null, Times(1, 4, null, 31, 38, 39, 40), RunUsage.None, new RunStop(StopReason.Preempted, "z3 won"));
        var never = new RunRow(Run("e"), null, null, RunOutcome.Preempted, 0, SzsStatus.Unknown, null, Times(1, null, null, 31, null, null, null), RunUsage.None, null);
        GoalTrace.Tell(RaceScript.Goal(Strategy.Speculative) with { Id = _goal }, new GoalAnswer(_goal, "a", Verdict.Proved, SzsStatus.Unsatisfiable, won.Run, Ms(31), Ms(41), null, [won, lost, never], null), Accepted, AnswerSource.Race);

        var root = Root();
        Assert.Null(root.ParentId);
        Assert.NotEqual(outer.TraceId, root.TraceId);
        var told = _spans.Where(span => span.TraceId == root.TraceId && span != root).Select(span => $"{span.OperationName} {span.GetTagItem("prover_cluster.backend")} {At(span.StartTimeUtc)}-{At(span.StartTimeUtc + span.Duration)}").Order(StringComparer.Ordinal);
        Assert.Equal(["preemption cvc5 31-40", "queue cvc5 1-4", "queue e 1-31", "queue z3 1-2", "run cvc5 4-40", "run z3 2-36", "submit  0-1", "verdict  30-31"], told);
        Assert.Equal((0, 41), (At(root.StartTimeUtc), At(root.StartTimeUtc + root.Duration)));
        var preemption = Spans(root, "preemption").Single();
        Assert.Equal(38, At(Assert.Single(preemption.Events).Timestamp.UtcDateTime));
        Assert.Equal(Spans(root, "run").Single(span => Equals(span.GetTagItem("prover_cluster.backend"), "cvc5")).SpanId, preemption.ParentSpanId);
    }

    [Fact]
    public void A_run_that_failed_should_be_marked_and_a_time_before_its_cause_make_a_span_of_no_length()
    {
        var failed = new RunRow(Run("z3"), "1", "a:1", RunOutcome.Error, 3, SzsStatus.Error, "why", Times(5, 4, null, null, null, 4, 4), RunUsage.None, null);
        GoalTrace.Tell(RaceScript.Goal(Strategy.Speculative) with { Id = _goal }, new GoalAnswer(_goal, "a", Verdict.Unknown, null, null, null, Ms(9), "none", [failed], null), Accepted, AnswerSource.Race);

        var root = Root();
        var run = Assert.Single(Spans(root, "run"));
        Assert.Equal((ActivityStatusCode.Error, "error"), (run.Status, run.StatusDescription));
        Assert.All(_spans.Where(span => span.TraceId == root.TraceId), span => Assert.InRange(span.Duration, TimeSpan.FromTicks(1), Ms(9)));
    }

    [Fact]
    public void A_limit_that_ends_a_run_and_a_winner_that_did_not_end_by_itself_should_be_no_preemption()
    {
        var won = new RunRow(Run("z3"), "1", "a:1", RunOutcome.Won, 0, SzsStatus.Unsatisfiable, null, Times(1, 2, 30, 34, 34, 35, 36), RunUsage.None, new RunStop(StopReason.Preempted, "it did not end"));
        var late = new RunRow(Run("e"), "1", "b:1", RunOutcome.TimedOut, 0, SzsStatus.Timeout, null, Times(1, 4, null, 20, 21, 22, 23), RunUsage.None, new RunStop(StopReason.TimedOut, "its cap"));
        GoalTrace.Tell(RaceScript.Goal(Strategy.BestOf) with { Id = _goal }, new GoalAnswer(_goal, "a", Verdict.Proved, SzsStatus.Unsatisfiable, won.Run, Ms(31), Ms(41), null, [won, late], null), Accepted, AnswerSource.Race);

        var root = Root();
        Assert.Equal(("smtlib2", "best-of", "proved"), (root.GetTagItem("prover_cluster.goal.language"), root.GetTagItem("prover_cluster.goal.strategy"), root.GetTagItem("prover_cluster.verdict")));
        Assert.Equal(2, Spans(root, "run").Count());
        Assert.Empty(Spans(root, "preemption"));
    }

    [Fact]
    public void A_verdict_from_the_cache_should_have_a_trace_that_says_so_and_no_run()
    {
        var answer = new GoalAnswer(_goal, "a", Verdict.Proved, SzsStatus.Unsatisfiable, Run("z3"), Ms(2), Ms(2), null, [], null, new AnswerOrigin(IsCached: true, null));
        GoalTrace.Tell(RaceScript.Goal(Strategy.Speculative) with { Id = _goal }, answer, Accepted, AnswerSource.Cache);

        var root = Root();
        Assert.Equal(("proved", "cache"), (root.GetTagItem("prover_cluster.verdict"), root.GetTagItem("prover_cluster.verdict.source")));
        var span = Assert.Single(_spans, span => span.TraceId == root.TraceId && span != root);
        Assert.Equal(("submit", 0, 2), (span.OperationName, At(span.StartTimeUtc), At(span.StartTimeUtc + span.Duration)));
    }

    /// <summary>They come from other nodes, and no race may end by them.</summary>
    [Fact]
    public void Times_that_no_trace_can_have_should_be_the_first_and_the_last_that_it_can()
    {
        var times = new RunRowTimes(TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MinValue, TimeSpan.MinValue, TimeSpan.MinValue);
        var row = new RunRow(Run("z3"), "1", "a:1", RunOutcome.Preempted, 0, SzsStatus.Unknown, null, times, RunUsage.None, new RunStop(StopReason.Preempted, "cvc5 won"));
        GoalTrace.Tell(RaceScript.Goal(Strategy.Speculative) with { Id = _goal }, new GoalAnswer(_goal, "a", Verdict.Proved, null, row.Run, TimeSpan.MinValue, TimeSpan.MaxValue, null, [row], null), Accepted, AnswerSource.Race);

        var run = Assert.Single(Spans(Root(), "run"));
        Assert.Equal(2262, run.StartTimeUtc.Year);
        var preemption = Assert.Single(Spans(Root(), "preemption"));
        Assert.Equal(("preempted", 2262, 1970), (preemption.GetTagItem("prover_cluster.stop"), preemption.StartTimeUtc.Year, Assert.Single(preemption.Events).Timestamp.Year));
    }

    private Activity Root() => Assert.Single(_spans, span => span.OperationName == "goal" && Equals(span.GetTagItem("prover_cluster.goal.id"), _goal.Value));

    private IEnumerable<Activity> Spans(Activity root, string name) => _spans.Where(span => span.TraceId == root.TraceId && span.OperationName == name);

    private RunId Run(string backend) => new(_goal, 7, BackendName.Parse(backend), 1);

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static int At(DateTime time) => (int)Math.Round((time - Accepted.UtcDateTime).TotalMilliseconds);

    private static RunRowTimes Times(params int?[] times)
    {
        var at = times.Select(time => time is { } known ? Ms(known) : (TimeSpan?)null).ToArray();
        return new RunRowTimes(at[0], at[1], at[2], at[3], at[4], at[5], at[6]);
    }
}
