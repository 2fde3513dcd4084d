using System.Runtime.CompilerServices;
using ProverCluster.Client.Goals;
using ProverCluster.Client.Http;
using ProverCluster.Client.Races;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Client;

/// <summary>Reaches a cluster over HTTP. One for a whole program is enough; disposing it withdraws what is under way.</summary>
public sealed class ProverClient : IProverClient
{
    private static readonly ProveOptions ClustersOwn = new();

    private readonly OpenCalls _open = new();
    private readonly ClusterCalls _calls;
    private readonly ProverClientOptions _options;

    private ProverClient(ProverClientOptions options)
    {
        _options = options;
        _calls = new ClusterCalls(options);
        Cluster = new ClusterOperations(_calls, _open);
    }

    /// <inheritdoc/>
    public IClusterOperations Cluster { get; }

    /// <summary>A client of the cluster that these nodes belong to. Nothing is sent before the first call.</summary>
    /// <param name="endpoints">The HTTP addresses of some nodes, such as <c>http://127.0.0.1:8081</c>.</param>
    public static ProverClient Connect(params string[] endpoints) => Connect(new ProverClientOptions { Endpoints = endpoints });

    /// <inheritdoc cref="Connect(string[])"/>
    /// <param name="options">How the cluster is reached.</param>
    public static ProverClient Connect(ProverClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ProverClient(options);
    }

    /// <inheritdoc/>
    public Task<ProveResult> ProveAsync(Goal goal, ProveOptions? options = null, IProgress<RaceEvent>? progress = null, CancellationToken cancellationToken = default) =>
        ProveAsync(goal, options, progress, null, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ProveResult> ProveManyAsync(IEnumerable<Goal> goals, ProveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(goals);
        return ProveManyAsync(goals.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ProveResult> ProveManyAsync(IAsyncEnumerable<Goal> goals, ProveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(goals);
        return Bulk.ProveAsync(goals, _options.Parallel, (goal, stop) => ProveAsync(goal, options, null, TimeSpan.MaxValue, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<GoalView> ShowAsync(GoalId goal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(goal);
        using var call = _open.Enter(cancellationToken);
        return await _calls.ShowAsync(goal, call.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<GoalView> ListAsync(
        GoalState? state = null, IReadOnlyDictionary<string, string>? labels = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = _open.EnterLoop(cancellationToken);
        string? next = null;
        do
        {
            var page = await _calls.ListAsync(state, labels, next, call.Token);
            foreach (var goal in page.Goals) yield return goal;
            next = page.Next;
        }
        while (next is not null);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RaceEvent> WatchAsync(GoalId goal, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(goal);
        using var call = _open.EnterLoop(cancellationToken);
        await using var story = new Story(_calls.Endpoints, new Retries(_options), (endpoint, after, token) => _calls.OpenEventsAsync(endpoint, goal, after, token));
        RaceEvent what;
        do
        {
            what = await story.NextAsync(call.Token);
            yield return what;
        }
        while (what is not RaceEvent.Settled);
    }

    /// <inheritdoc/>
    public async Task<GoalView> WithdrawAsync(GoalId goal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(goal);
        using var call = _open.Enter(cancellationToken);
        return (await _calls.WithdrawAsync(goal, null, call.Token).ConfigureAwait(false)).View;
    }

    /// <inheritdoc/>
    public async Task<CachePageJson> CacheAsync(string? after = null, CancellationToken cancellationToken = default)
    {
        using var call = _open.Enter(cancellationToken);
        return await _calls.CacheAsync(after, call.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<long> ClearCacheAsync(CancellationToken cancellationToken = default)
    {
        using var call = _open.Enter(cancellationToken);
        return await _calls.ClearCacheAsync(call.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellationToken = default)
    {
        using var call = _open.Enter(cancellationToken);
        return await _calls.BackendsAsync(call.Token).ConfigureAwait(false);
    }

    /// <summary>Withdraws what is under way, and returns when those calls have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _open.CloseAsync().ConfigureAwait(false);
        _calls.Dispose();
    }

    private async Task<ProveResult> ProveAsync(Goal goal, ProveOptions? options, IProgress<RaceEvent>? progress, TimeSpan? queueFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(goal);
        using var call = _open.Enter(cancellationToken);
        // From here on nothing of the caller's thread is needed: a user interface stays free.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        call.Token.ThrowIfCancellationRequested();
        var (text, refusal) = await GoalTexts.ReadAsync(goal, _options.TptpFolder, call.Token);
        if (refusal is not null)
        {
            var rejected = ProveResult.Rejected(goal.Id ?? GoalId.New(), goal.Name, refusal);
            progress?.Report(new RaceEvent.Settled(rejected.Id, rejected));
            return rejected;
        }

        await using var race = new GoalCall(_calls, new Submission(goal, text, options ?? ClustersOwn), options ?? ClustersOwn, progress, queueFor);
        return await race.RunAsync(call.Token);
    }
}
