using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Tests.Chaos;

/// <summary>
/// Looks at the processes of a cluster's goals from outside, again and again: for how long an earlier life of a coordinator has provers while a later one has
/// some too, or two nodes work on the same run, and for how long a prover lives on after its goal was settled.
/// </summary>
internal sealed class ProcessWatch : IAsyncDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(200);

    private readonly TestCluster _cluster;
    private readonly Func<string, bool> _wasCutOff;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, long> _settled = new();
    private readonly Dictionary<(RunId Run, string Node), long> _doubleSince = [];
    private readonly HashSet<string> _seenAt = [];
    private readonly Task _watching;
    private int _seen;

    /// <param name="cluster">Whose.</param>
    /// <param name="wasCutOff">Whether a link of the node with that mark was ever cut.</param>
    public ProcessWatch(TestCluster cluster, Func<string, bool> wasCutOff)
    {
        (_cluster, _wasCutOff) = (cluster, wasCutOff);
        Doubles = new Overdue("provers of two coordinators, or of one run twice, were at work", wasCutOff);
        Outlived = new Overdue("provers outlived the answer", wasCutOff);
        _watching = Task.Run(WatchAsync);
    }

    public Overdue Doubles { get; }

    public Overdue Outlived { get; }

    public void Settled(GoalId goal) => _settled[goal.Value] = Stopwatch.GetTimestamp();

    public void Judge()
    {
        Assert.True(_seen > 0 && _seenAt.Count > 1 && !_seenAt.Contains(""), $"{_seen} processes were seen at '{string.Join(' ', _seenAt)}': who sees nothing has nothing to say");
        Doubles.Judge();
        Outlived.Judge();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            Look();
            await Task.Delay(s_period, _end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private void Look()
    {
        var now = Stopwatch.GetTimestamp();
        var all = _cluster.LivingRuns();
        _seen += all.Count;
        _seenAt.UnionWith(all.Select(living => living.Node));
        var byGoal = all.Distinct().ToLookup(living => living.Run.Goal.Value);
        var doubles = byGoal.SelectMany(Superseded).ToHashSet();
        foreach (var over in _doubleSince.Keys.Except(doubles).ToArray())
            _doubleSince.Remove(over);
        foreach (var goal in byGoal)
        {
            var runs = string.Join(' ', goal);
            foreach (var living in goal.Where(doubles.Contains))
                Doubles.Add(living.Node, Since(_doubleSince.TryAdd(living, now) ? now : _doubleSince[living]), runs);
            foreach (var living in _settled.TryGetValue(goal.Key, out var settled) ? goal : Enumerable.Empty<(RunId Run, string Node)>())
                Outlived.Add(living.Node, Since(settled), runs);
        }

        TimeSpan Since(long then) => Stopwatch.GetElapsedTime(then, now);
    }

    /// <summary>Of one goal's living runs those that should not be.</summary>
    private IEnumerable<(RunId Run, string Node)> Superseded(IEnumerable<(RunId Run, string Node)> goal)
    {
        var latest = goal.Max(living => living.Run.Incarnation);
        foreach (var same in goal.GroupBy(living => living.Run))
        {
            // Of two nodes with the same run one may be right, and not the one that nobody could tell.
            var wrong = same.Key.Incarnation < latest ? same : same.Count() > 1 ? same.OrderBy(living => !_wasCutOff(living.Node)).Take(same.Count() - 1) : [];
            foreach (var living in wrong)
                yield return living;
        }
    }
}
