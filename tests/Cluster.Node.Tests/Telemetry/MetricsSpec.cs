using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Telemetry;
using ProverCluster.Node.Tests.Goals;
using ProverCluster.Node.Wire;

namespace ProverCluster.Node.Tests.Telemetry;

/// <summary>What a node measures, as Prometheus reads it.</summary>
public sealed partial class MetricsSpec : IDisposable
{
    private readonly NodeMetrics _metrics = new();
    private readonly MetricsReading _reading;

    public MetricsSpec() => _reading = new MetricsReading(_metrics);

    public void Dispose()
    {
        _reading.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void The_autoscaler_should_find_what_it_counts_under_the_names_that_it_asks_for()
    {
        Assert.DoesNotContain("prover_cluster_queue_depth", _reading.Text(), StringComparison.Ordinal);
        _metrics.Offer(new NodeEvents.Offered("here", [], Slots: 4, Free: 1, Waiting: 7, IsDraining: false));

        Assert.Equal("7", Value("prover_cluster_queue_depth"));
        Assert.Equal(("3", "1"), (Value("prover_cluster_slots{state=\"used\"}"), Value("prover_cluster_slots{state=\"free\"}")));
        Assert.Contains(
            "max(prover_cluster_queue_depth{<<.LabelMatchers>>}) + sum(prover_cluster_slots{state=\"used\",<<.LabelMatchers>>})",
            File.ReadAllText(Path.Combine(Repo.Root, "docs/operations.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_goal_should_be_counted_by_its_verdict_and_its_runs_by_backend_and_outcome()
    {
        var race = new RaceScript(Strategy.Speculative, "z3", "cvc5").Started("z3").Started("cvc5").At(20).Concludes("z3", Verdict.Proved)
            .Ends("z3", RaceScript.Says(Verdict.Proved)).Ends("cvc5", RaceScript.Says(Verdict.Unknown));
        foreach (var told in race.Race.Story())
            _metrics.Count(told);

        Assert.Equal(("1", "0"), (Value("prover_cluster_goals_total{source=\"race\",verdict=\"proved\"}"), Value("prover_cluster_goals_total{source=\"race\",verdict=\"refuted\"}")));
        Assert.Equal("1", Value("prover_cluster_runs_total{backend=\"z3\",outcome=\"won\"}"));
        Assert.Single(Lines("prover_cluster_runs_total{backend=\"cvc5\""));
        Assert.Equal(("0", "1"), (Value("prover_cluster_verdict_duration_seconds_bucket{source=\"race\",verdict=\"proved\",le=\"0.01\"}"), Value("prover_cluster_verdict_duration_seconds_bucket{source=\"race\",verdict=\"proved\",le=\"0.025\"}")));
    }

    [Fact]
    public void A_stop_that_was_asked_for_should_be_measured_to_the_signal_and_from_it_and_a_limit_not()
    {
        _metrics.CountStop(Report(StopReason.Preempted));
        _metrics.CountStop(Report(StopReason.TimedOut));

        Assert.Equal(("1", "0.004"), (Value("prover_cluster_preemption_signal_duration_seconds_count{reason=\"preempted\"}"), Value("prover_cluster_preemption_signal_duration_seconds_sum{reason=\"preempted\"}")));
        Assert.Equal("0.002", Value("prover_cluster_preemption_reap_duration_seconds_sum{reason=\"preempted\"}"));
        Assert.Single(Lines("prover_cluster_preemption_signal_duration_seconds_count"));
    }

    [Fact]
    public void A_winner_that_does_not_end_by_itself_should_not_be_measured_as_a_preemption_since_nobody_asked()
    {
        var limits = new RunLimits(TimeSpan.FromSeconds(10), null, null, 1 << 30, 1 << 30, KeepOutput: false);
        var plan = new RunnerPlan(limits, Linger: TimeSpan.FromSeconds(1)).OnStarted(TimeSpan.Zero).OnFinish(TimeSpan.Zero).OnTick(new ProverSample(TimeSpan.Zero, 0, 0, 1), TimeSpan.FromSeconds(1));
        var report = plan.Report(new RunEnd.Signalled(9), new RunSaying(Verdict.Proved, SzsStatus.Unsatisfiable), RunUsage.None, TimeSpan.FromSeconds(1.1));
        Assert.Equal(StopReason.Preempted, report.Stop!.Reason);
        _metrics.CountStop(report);

        Assert.Empty(Lines("prover_cluster_preemption_"));
    }

    /// <summary>What <c>promtool</c> does not look at.</summary>
    [Fact]
    public void A_histograms_buckets_should_grow_to_its_count_and_have_all_values_up_to_their_bounds()
    {
        double[] values = [0, .0005, .0006, .03, 4.9, 5, 5.1, 1e9];
        foreach (var value in values)
            _metrics.CountTick(TimeSpan.FromSeconds(value));
        var buckets = Lines("prover_cluster_tick_lateness_seconds_bucket").Select(line => Bucket().Match(line)).Select(match => (Bound: match.Groups["le"].Value, Count: long.Parse(match.Groups["count"].Value))).ToArray();

        Assert.Equal("+Inf", buckets[^1].Bound);
        Assert.Equal(values.Length, buckets[^1].Count);
        Assert.Equal(buckets.Select(bucket => bucket.Count).Order(), buckets.Select(bucket => bucket.Count));
        Assert.All(buckets[..^1], bucket => Assert.Equal(values.Count(value => value <= double.Parse(bucket.Bound, CultureInfo.InvariantCulture)), bucket.Count));
        Assert.Equal($"{values.Length}", Value("prover_cluster_tick_lateness_seconds_count"));
    }

    [Fact]
    public void What_is_looked_at_should_be_gone_when_it_is_and_two_nodes_of_a_process_be_kept_apart()
    {
        using var other = new NodeMetrics();
        using var otherReading = new MetricsReading(other);
        _metrics.WatchMembers(() => [new("up", 2), new("joining", 1)]);
        Assert.Equal("1", Value("prover_cluster_members{status=\"joining\"}"));
        Assert.DoesNotContain("prover_cluster_members", otherReading.Text(), StringComparison.Ordinal);

        _metrics.WatchMembers(() => [new("up", 3)]);
        Assert.Equal("3", Value("prover_cluster_members{status=\"up\"}"));
        Assert.Empty(Lines("prover_cluster_members{status=\"joining\"}"));
    }

    [Fact]
    public void What_has_not_happened_should_be_there_with_nothing_so_that_the_first_time_is_a_rise()
    {
        Assert.Equal("0", Value("prover_cluster_cache_contradictions_total"));
        _metrics.CountContradiction();
        Assert.Equal("1", Value("prover_cluster_cache_contradictions_total"));

        Assert.Equal(["tooLong", "unknownManifest", "unreadable", "unwritable"], Lines("prover_cluster_wire_lost_total").Select(line => line.Split('"')[1]));
        _metrics.CountLoss(WireLoss.TooLong);
        Assert.Equal(("1", "0"), (Value("prover_cluster_wire_lost_total{reason=\"tooLong\"}"), Value("prover_cluster_wire_lost_total{reason=\"unreadable\"}")));
    }

    [Fact]
    public void An_instrument_of_a_kind_that_nobody_thought_of_should_be_refused_and_not_shown_as_another()
    {
        using var meter = new Meter("kinds");

        Assert.Throws<ArgumentException>(() => new MetricFamily(meter.CreateUpDownCounter<int>("up.down")));
        Assert.Equal(MetricKind.Gauge, new MetricFamily(meter.CreateObservableGauge("gauge", () => 1)).Kind);
    }

    [Fact]
    public void Writes_should_be_counted_apart_from_the_transactions_that_they_took()
    {
        _metrics.CountBatch(3, TimeSpan.Zero, isWritten: false);
        _metrics.CountBatch(3, TimeSpan.Zero, isWritten: true);
        _metrics.CountWrites(3, areWritten: true);

        Assert.Equal(("3", "0"), (Value("prover_cluster_store_writes_total{result=\"ok\"}"), Value("prover_cluster_store_writes_total{result=\"failed\"}")));
        Assert.Equal(("3", "1"), (Value("prover_cluster_store_batch_size_sum{result=\"failed\"}"), Value("prover_cluster_store_batch_size_count{result=\"failed\"}")));
    }

    [Fact]
    public void Any_words_should_be_written_so_that_a_line_stays_a_line()
    {
        using var meter = new Meter(new MeterOptions(NodeMetrics.Name) { Scope = _metrics });
        meter.CreateCounter<long>("odd.words", "By", "a\\b\nc").Add(2, new KeyValuePair<string, object?>("the.key", "x\"y\\z\nw"));

        Assert.Equal(["# HELP odd_words_bytes_total a\\\\b\\nc", "# TYPE odd_words_bytes_total counter", "odd_words_bytes_total{the_key=\"x\\\"y\\\\z\\nw\"} 2"], _reading.Text().Split('\n').Where(line => line.Contains("odd_words", StringComparison.Ordinal)));
    }

    [RequiresFact("promtool")]
    public async Task Prometheus_own_tool_should_find_nothing_wrong()
    {
        A_goal_should_be_counted_by_its_verdict_and_its_runs_by_backend_and_outcome();
        _metrics.CountStop(Report(StopReason.Preempted));
        _metrics.CountBatch(3, TimeSpan.FromMilliseconds(2), isWritten: true);
        _metrics.CountTick(TimeSpan.Zero);
        _metrics.CountLookUp(isHit: true);
        _metrics.Offer(new NodeEvents.Offered("here", [], 4, 1, 7, IsDraining: false));
        _metrics.WatchStore(() => true);
        _metrics.WatchMembers(() => [new("up", 1)]);

        Assert.Equal((0, ""), await Promtool.TryAsync(_reading.Text(), "check", "metrics"));
    }

    private static RunReport Report(StopReason why) => new(
        new RunEnd.Signalled(9), new RunStop(why, "so"), RunSaying.Nothing,
        new RunTimes(TimeSpan.Zero, null, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(14), TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(16)), RunUsage.None);

    private string Value(string series) => Assert.Single(Lines(series + " ")).Split(' ')[^1];

    private string[] Lines(string beginning) => [.. _reading.Text().Split('\n').Where(line => line.StartsWith(beginning, StringComparison.Ordinal))];

    [GeneratedRegex("le=\"(?<le>[^\"]+)\"} (?<count>\\d+)$")]
    private static partial Regex Bucket();
}
