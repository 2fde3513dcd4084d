using System.Net;
using System.Text.Json;
using ProverCluster.Client.Goals;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Client.Http;

/// <summary>What can be asked of a cluster, of whichever endpoint answers.</summary>
internal sealed class ClusterCalls(ProverClientOptions options) : IDisposable
{
    private readonly Exchange _exchange = new(options);

    public Endpoints Endpoints { get; } = new(options.Endpoints);

    public ProverClientOptions Options => options;

    /// <summary>Asks one endpoint after the other. Only what is safe to ask twice may be asked so.</summary>
    public async Task<T> TryAsync<T>(Func<Uri, Task<T>> ask, Retries retries, CancellationToken cancellation)
    {
        // Nothing of the caller's thread is needed: whoever blocks it, blocks no answer.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (true)
        {
            var endpoint = Endpoints.Current;
            try
            {
                return await ask(endpoint);
            }
            catch (TroubleException trouble)
            {
                Endpoints.Leave(endpoint);
                await retries.AfterAsync(trouble, cancellation);
            }
        }
    }

    /// <param name="endpoint">Whom to ask.</param>
    /// <param name="submission">The goal.</param>
    /// <param name="age">How much of its deadline has passed, if it was there before.</param>
    /// <param name="after">The event that was heard last from this endpoint, or null for all.</param>
    /// <param name="cancellation">Ends the stream too.</param>
    public Task<EventStream> SubmitAsync(Uri endpoint, Submission submission, TimeSpan? age, string? after, CancellationToken cancellation) =>
        OpenAsync(endpoint, submission.Request(endpoint, age), submission.Id, after, options.RequestTimeout + TimeSpan.FromSeconds(submission.Bytes >> 20), cancellation);

    public async Task<GoalView> ShowAsync(GoalId goal, CancellationToken cancellation) => (await OfGoalAsync(HttpMethod.Get, goal, "", cancellation)).View;

    /// <summary>How the goal stands when the cluster has noted that we have no interest in it any more, and whether that is its end.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="interest">Only the interest of that name; null for all that we have.</param>
    /// <param name="cancellation">Gives up asking.</param>
    public Task<(GoalView View, bool IsEnding)> WithdrawAsync(GoalId goal, string? interest, CancellationToken cancellation) =>
        OfGoalAsync(HttpMethod.Delete, goal, interest is null ? "" : $"?interest={interest}", cancellation);

    public Task<GoalPageJson> ListAsync(GoalState? state, IReadOnlyDictionary<string, string>? labels, string? after, CancellationToken cancellation)
    {
        var query = (labels ?? new Dictionary<string, string>()).Select(label => ("label", $"{label.Key}={label.Value}"));
        if (state is { } only) query = query.Append(("state", only.Word()));
        if (after is not null) query = query.Append(("after", after));
        return GetAsync("v1/goals?" + string.Join('&', query.Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2)}")), GoalPageJson.Read, cancellation);
    }

    public Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellation) => GetAsync("v1/backends", NodeJson.Read, cancellation);

    public Task<CachePageJson> CacheAsync(string? after, CancellationToken cancellation) =>
        GetAsync("v1/cache" + (after is null ? "" : $"?after={Uri.EscapeDataString(after)}"), CachePageJson.Read, cancellation);

    /// <summary>How many there were; of what an attempt has removed whose answer was lost, nothing is known.</summary>
    public Task<long> ClearCacheAsync(CancellationToken cancellation) => TryAsync(
        endpoint => _exchange.AskAsync(endpoint, new(HttpMethod.Delete, new Uri(endpoint, "v1/cache")), options.RequestTimeout, CachePageJson.ReadRemoved, cancellation),
        new Retries(options),
        cancellation);

    /// <param name="endpoint">Whom to ask.</param>
    /// <param name="goal">Whose events.</param>
    /// <param name="after">The event that was heard last from this endpoint, or null for all.</param>
    /// <param name="cancellation">Ends the stream too.</param>
    public Task<EventStream> OpenEventsAsync(Uri endpoint, GoalId goal, string? after, CancellationToken cancellation) =>
        OpenAsync(endpoint, new(HttpMethod.Get, new Uri(endpoint, $"v1/goals/{goal}/events")), goal, after, options.RequestTimeout, cancellation);

    public Task<T> GetAsync<T>(string route, Func<JsonElement, T> read, CancellationToken cancellation) => AskAsync(HttpMethod.Get, route, read, cancellation);

    /// <summary>Without a body; only what may be said twice.</summary>
    public Task<T> PostAsync<T>(string route, Func<JsonElement, T> read, CancellationToken cancellation) => AskAsync(HttpMethod.Post, route, read, cancellation);

    public void Dispose() => _exchange.Dispose();

    private async Task<EventStream> OpenAsync(Uri endpoint, HttpRequestMessage request, GoalId goal, string? after, TimeSpan within, CancellationToken cancellation)
    {
        request.Headers.Accept.ParseAdd(EventStream.ContentType);
        if (after is not null) request.Headers.Add("Last-Event-ID", after);
        return await EventStream.OpenAsync(endpoint, goal, await _exchange.OpenAsync(endpoint, request, within, cancellation), options, cancellation);
    }

    private Task<T> AskAsync<T>(HttpMethod method, string route, Func<JsonElement, T> read, CancellationToken cancellation) => TryAsync(
        endpoint => _exchange.AskAsync(endpoint, new(method, new Uri(endpoint, route)), options.RequestTimeout, read, cancellation),
        new Retries(options),
        cancellation);

    private Task<(GoalView View, bool IsEnding)> OfGoalAsync(HttpMethod method, GoalId goal, string query, CancellationToken cancellation) => TryAsync(
        endpoint => _exchange.AskAsync(
            endpoint,
            new(method, new Uri(endpoint, $"v1/goals/{goal}{query}")),
            options.RequestTimeout,
            (status, json) => (Of(goal, json), status == HttpStatusCode.Accepted),
            cancellation),
        new Retries(options),
        cancellation);

    // Another goal's verdict must never be taken for this one's.
    private static GoalView Of(GoalId goal, JsonElement json) =>
        GoalJson.Read(json) is var view && view.Id == goal ? view : throw new JsonMismatchException("it tells of another goal");
}
