using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ProverCluster.Client;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Tests;

/// <summary>A running cluster that says what the test wants.</summary>
internal sealed class FakeCluster : IProverClient
{
    public ConcurrentQueue<(Client.Goal Goal, ProveOptions? Options)> Asked { get; } = new();

    /// <summary>From a goal's id and name to what comes of it; by default z3 proves it.</summary>
    public Func<GoalId, string, ProveResult> Result { get; set; } = (id, name) => new ProveResult(Stories.Proved(Goal(id, name)), IsCached: false);

    public Exception? Fails { get; set; }

    public IReadOnlyList<GoalView> Goals { get; set; } = [];

    public IReadOnlyList<RaceEvent> Story { get; set; } = [];

    public List<GoalId> Withdrawn { get; } = [];

    public (GoalState? State, IReadOnlyDictionary<string, string>? Labels) Listed { get; private set; }

    public int Disposals { get; private set; }

    public FakeOperations Operations { get; } = new();

    public IClusterOperations Cluster => Operations;

    public static Messages.Goals.Goal Goal(GoalId id, string name) => new(
        id, name, Messages.Languages.GoalLanguage.SmtLib2, Messages.Languages.TextDigest.Of([]),
        new GoalLimits(TimeSpan.FromSeconds(60), null, null, 1, 1), Messages.Goals.Strategy.Speculative, [], false, new Dictionary<string, string>());

    public Task<ProveResult> ProveAsync(Client.Goal goal, ProveOptions? options = null, IProgress<RaceEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        Asked.Enqueue((goal, options));
        if (Fails is not null) return Task.FromException<ProveResult>(Fails);
        var result = Result(goal.Id ?? GoalId.New(), goal.Name!);
        if (result.Verdict.IsDecisive()) progress?.Report(new RaceEvent.Decided(result.Id, result.Verdict, result.Szs!.Value, result.Winner!, result.Decided!.Value));
        progress?.Report(new RaceEvent.Settled(result.Id, result));
        return Task.FromResult(result);
    }

    public Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellationToken = default) => new FakeRaces().BackendsAsync(cancellationToken);

    public Task<GoalView> ShowAsync(GoalId goal, CancellationToken cancellationToken = default) =>
        Goals.FirstOrDefault(view => view.Id == goal) is { } known ? Task.FromResult(known) : Task.FromException<GoalView>(new UnknownGoalException("the cluster does not know it"));

    public Task<GoalView> WithdrawAsync(GoalId goal, CancellationToken cancellationToken = default)
    {
        Withdrawn.Add(goal);
        return ShowAsync(goal, cancellationToken);
    }

    public List<CacheEntry> Cached { get; } = [];

    public Task<CachePageJson> CacheAsync(string? after = null, CancellationToken cancellationToken = default)
    {
        var place = after is null ? 0 : int.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult(new CachePageJson(Cached.Count, Cached.Sum(entry => entry.Bytes), [.. Cached.Skip(place).Take(1)], place + 1 < Cached.Count ? $"{place + 1}" : null));
    }

    public Task<long> ClearCacheAsync(CancellationToken cancellationToken = default)
    {
        var count = Cached.Count;
        Cached.Clear();
        return Task.FromResult((long)count);
    }

    public async IAsyncEnumerable<GoalView> ListAsync(
        GoalState? state = null, IReadOnlyDictionary<string, string>? labels = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Listed = (state, labels);
        await Task.Yield();
        foreach (var goal in Goals) yield return goal;
    }

    public async IAsyncEnumerable<RaceEvent> WatchAsync(GoalId goal, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        foreach (var what in Story) yield return what;
    }

    public IAsyncEnumerable<ProveResult> ProveManyAsync(IEnumerable<Client.Goal> goals, ProveOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("the command line proves its goals one by one");

    public IAsyncEnumerable<ProveResult> ProveManyAsync(IAsyncEnumerable<Client.Goal> goals, ProveOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("the command line proves its goals one by one");

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return ValueTask.CompletedTask;
    }
}
