using System.Diagnostics.Metrics;
using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Wire;

namespace ProverCluster.Node.Telemetry;

/// <summary>
/// What a node counts and measures, under OpenTelemetry's rules for names and units. Each node has a meter of its own, since several may be in one process; nothing is
/// kept here, and without a listener nothing is computed. What each is for stands in <c>docs/operations.md</c>.
/// </summary>
internal sealed class NodeMetrics : IDisposable
{
    /// <summary>Of the meter, and of the source of traces.</summary>
    public const string Name = "ProverCluster.Node";

    /// <summary>For whoever measures for nobody.</summary>
    public static readonly NodeMetrics None = new();

    private readonly Meter _meter;
    private readonly Counter<long> _goals;
    private readonly Histogram<double> _verdicts;
    private readonly Counter<long> _runs;
    private readonly Histogram<double> _signals;
    private readonly Histogram<double> _reaps;
    private readonly Histogram<double> _ticks;
    private readonly Counter<long> _lookUps;
    private readonly Counter<long> _contradictions;
    private readonly Counter<long> _writes;
    private readonly Histogram<int> _batches;
    private readonly Histogram<double> _flushes;
    private readonly Counter<long> _losses;
    private volatile NodeEvents.Offered? _offered;
    private volatile Func<IEnumerable<KeyValuePair<string, int>>>? _members;
    private volatile Func<bool>? _isStoreWell;
    private volatile Confinement? _confinement;

    public NodeMetrics()
    {
        _meter = new Meter(new MeterOptions(Name) { Scope = this });
        _goals = _meter.CreateCounter<long>("prover_cluster.goals", "{goal}", "Goals that were settled here, by verdict, and by where it comes from.");
        _verdicts = Seconds("prover_cluster.verdict.duration", "From a goal's acceptance to its verdict, by verdict, and by where it comes from.", [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800]);
        _runs = _meter.CreateCounter<long>("prover_cluster.runs", "{run}", "Runs that have ended, by backend and outcome; told by their goals' coordinators.");
        _signals = Seconds("prover_cluster.preemption.signal.duration", "From the request to end a run, as its node received it, to the signal.", [.001, .0025, .005, .01, .015, .02, .03, .05, .1, .25, 1, 5]);
        _reaps = Seconds("prover_cluster.preemption.reap.duration", "From the signal until nothing of the run is alive.", [.001, .0025, .005, .01, .015, .02, .03, .05, .1, .25, 1, 5]);
        _ticks = Seconds("prover_cluster.tick.lateness", "How late runners take their ticks.", [.0005, .001, .0025, .005, .01, .02, .05, .1, .25, 1, 5]);
        _lookUps = _meter.CreateCounter<long>("prover_cluster.cache.lookups", "{lookup}", "Questions to the cache, by result: hit, miss, or error where the store did not answer.");
        _contradictions = _meter.CreateCounter<long>("prover_cluster.cache.contradictions", "{verdict}", "Verdicts that contradict each other; what the cache had of the goal was evicted.");
        _writes = _meter.CreateCounter<long>("prover_cluster.store.writes", "{write}", "Writes to the store, each once, by result: ok, or failed where it was given up.");
        _batches = _meter.CreateHistogram("prover_cluster.store.batch.size", "{write}", "Writes that shared a transaction; one that is tried again is in several.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });
        _flushes = Seconds("prover_cluster.store.batch.duration", "From the start of a transaction until it is on the disk, or has failed.", [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10]);
        _losses = _meter.CreateCounter<long>("prover_cluster.wire.lost", "{message}", "Messages that could not be written or read, by reason.");
        _meter.CreateObservableGauge<int>("prover_cluster.queue.depth", QueueDepth, "{goal}", "Goals that wait for a slot of this node; one goal may wait at several.");
        _meter.CreateObservableUpDownCounter<int>("prover_cluster.slots", Slots, "{slot}", "Slots of this node, by state: used or free.");
        _meter.CreateObservableGauge<int>("prover_cluster.store.up", StoreUp, description: "1 if the store worked when it was last used, else 0.");
        _meter.CreateObservableGauge<int>("prover_cluster.sandbox", Sandbox, description: "1 if provers run in a sandbox on this node, 0 if in the fallback.");
        _meter.CreateObservableUpDownCounter<int>("prover_cluster.members", Members, "{member}", "Members of the cluster as this node sees them, by status.");
    }

    /// <summary>What the node offers, as its agent has it.</summary>
    public void Offer(NodeEvents.Offered offered) => _offered = offered;

    /// <param name="members">How many there are of each status.</param>
    public void WatchMembers(Func<IEnumerable<KeyValuePair<string, int>>> members) => _members = members;

    public void WatchStore(Func<bool> isWell) => _isStoreWell = isWell;

    /// <summary>How the node confines its provers.</summary>
    public void Confine(Confinement confinement) => _confinement = confinement;

    /// <summary>What happens to a goal in its race, told once.</summary>
    public void Count(IGoalEvent told)
    {
        switch (told)
        {
            case GoalEvents.RunEnded ended:
                _runs.Add(1, new("backend", ended.Row.Run.Backend.Value), new("outcome", ended.Row.Outcome.Word()));
                break;
            case GoalEvents.Decided decided:
                _verdicts.Record(decided.At.TotalSeconds, Verdict(decided.Verdict), Source(AnswerSource.Race));
                break;
            case GoalEvents.Settled settled:
                _goals.Add(1, Verdict(settled.Answer.Verdict), Source(AnswerSource.Race));
                break;
        }
    }

    /// <summary>A goal that had no race of its own, once it is settled.</summary>
    public void CountUnraced(GoalAnswer answer, AnswerSource source)
    {
        if (answer.Decided is { } decided)
            _verdicts.Record(decided.TotalSeconds, Verdict(answer.Verdict), Source(source));
        _goals.Add(1, Verdict(answer.Verdict), Source(source));
    }

    /// <summary>A run whose end was asked for, as <see cref="AskedEnd"/> has it.</summary>
    public void CountStop(RunReport report)
    {
        if (report.Times is not { StopRequested: { } asked, Killed: { } killed, Reaped: { } reaped } || AskedEnd.Word(report.Stop, asked, killed) is not { } reason)
            return;
        var tag = new KeyValuePair<string, object?>("reason", reason);
        _signals.Record((killed - asked).TotalSeconds, tag);
        _reaps.Record((reaped - killed).TotalSeconds, tag);
    }

    public void CountTick(TimeSpan late) => _ticks.Record(late.TotalSeconds);

    public void CountLookUp(bool? isHit) => _lookUps.Add(1, new KeyValuePair<string, object?>("result", isHit switch { true => "hit", false => "miss", null => "error" }));

    public void CountContradiction() => _contradictions.Add(1);

    public void CountBatch(int writes, TimeSpan took, bool isWritten)
    {
        _batches.Record(writes, Result(isWritten));
        _flushes.Record(took.TotalSeconds, Result(isWritten));
    }

    public void CountWrites(int writes, bool areWritten) => _writes.Add(writes, Result(areWritten));

    public void CountLoss(WireLoss why) => _losses.Add(1, Reason(why));

    /// <summary>Whoever begins to listen hears of what has not happened yet, so that the first time is seen as a rise.</summary>
    public void CountNothing()
    {
        _contradictions.Add(0);
        foreach (var result in new[] { "hit", "miss", "error" })
            _lookUps.Add(0, new KeyValuePair<string, object?>("result", result));
        foreach (var result in new[] { "ok", "failed" })
            _writes.Add(0, new KeyValuePair<string, object?>("result", result));
        foreach (var why in Enum.GetValues<WireLoss>())
            _losses.Add(0, Reason(why));
        foreach (var source in Enum.GetValues<AnswerSource>())
        {
            foreach (var verdict in Enum.GetValues<Verdict>())
                _goals.Add(0, Verdict(verdict), Source(source));
        }
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Verdict(Verdict verdict) => new("verdict", verdict.Word());

    private static KeyValuePair<string, object?> Source(AnswerSource source) => new("source", source.Word());

    private static KeyValuePair<string, object?> Result(bool isWell) => new("result", isWell ? "ok" : "failed");

    private static KeyValuePair<string, object?> Reason(WireLoss why) => new("reason", JsonNamingPolicy.CamelCase.ConvertName($"{why}"));

    private Histogram<double> Seconds(string name, string what, double[] bounds) =>
        _meter.CreateHistogram(name, "s", what, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    // A node without provers, without a store or without others says nothing of them.
    private IEnumerable<Measurement<int>> QueueDepth() => _offered is { } offered ? [new(offered.Waiting)] : [];

    private IEnumerable<Measurement<int>> Slots() => _offered is { } offered
        ? [new(offered.Slots - offered.Free, new KeyValuePair<string, object?>("state", "used")), new(offered.Free, new KeyValuePair<string, object?>("state", "free"))]
        : [];

    private IEnumerable<Measurement<int>> StoreUp() => _isStoreWell is { } isWell ? [new(isWell() ? 1 : 0)] : [];

    private IEnumerable<Measurement<int>> Sandbox() => _confinement is { } confinement ? [new(confinement.Sandboxed ? 1 : 0)] : [];

    private IEnumerable<Measurement<int>> Members() =>
        _members is { } members ? members().Select(each => new Measurement<int>(each.Value, new KeyValuePair<string, object?>("status", each.Key))) : [];
}
