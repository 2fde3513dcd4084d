using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Tests.Chaos;

/// <summary>
/// Looks at the processes of a cluster's goals from outside, again and again: for how long two lives of a coordinator have provers at the same time, and for how
/// long a prover lives on after its goal was settled.
/// </summary>
internal sealed class ProcessWatch : IAsyncDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(200);

    private readonly TestCluster _cluster;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, long> _settled = new();
    private readonly Dictionary<string, long> _doubleSince = [];
    private readonly Task _watching;

    public ProcessWatch(TestCluster cluster)
    {
        _cluster = cluster;
        _watching = Task.Run(WatchAsync);
    }

    public (TimeSpan Longest, string What) Doubles { get; private set; }

    public (TimeSpan Longest, string What) Outlived { get; private set; }

    public void Settled(GoalId goal) => _settled[goal.Value] = Stopwatch.GetTimestamp();

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
        var living = _cluster.LivingRuns();
        var now = Stopwatch.GetTimestamp();
        var byGoal = living.ToLookup(run => run.Goal.Value);
        foreach (var gone in _doubleSince.Keys.Except(byGoal.Select(group => group.Key)).ToArray())
            _doubleSince.Remove(gone);
        foreach (var goal in byGoal)
        {
            var runs = string.Join(' ', goal.Distinct());
            if (goal.Select(run => run.Incarnation).Distinct().Count() > 1)
                Doubles = Longer(Doubles, Since(_doubleSince.TryAdd(goal.Key, now) ? now : _doubleSince[goal.Key]), runs);
            else
                _doubleSince.Remove(goal.Key);
            if (_settled.TryGetValue(goal.Key, out var settled))
                Outlived = Longer(Outlived, Since(settled), runs);
        }

        TimeSpan Since(long then) => Stopwatch.GetElapsedTime(then, now);
    }

    private static (TimeSpan Longest, string What) Longer((TimeSpan Longest, string What) known, TimeSpan now, string what) => now > known.Longest ? (now, what) : known;
}
