using System.Globalization;
using ProverCluster.Client.Races;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Client.Http;

/// <summary>The calls about the cluster itself.</summary>
internal sealed class ClusterOperations(ClusterCalls calls, OpenCalls open) : IClusterOperations
{
    public Task<MembersView> MembersAsync(CancellationToken cancellationToken = default) =>
        CallAsync(token => calls.GetAsync("v1/cluster/members", MemberJson.Read, token), cancellationToken);

    public Task<ShardsView> ShardsAsync(CancellationToken cancellationToken = default) =>
        CallAsync(token => calls.GetAsync("v1/cluster/shards", ShardJson.Read, token), cancellationToken);

    public Task<NodeRunsView> RunsAsync(string node, CancellationToken cancellationToken = default) =>
        CallAsync(token => calls.GetAsync($"v1/nodes/{Name(node)}/runs", RunJson.Read, token), cancellationToken);

    public Task<ActorTreeView> ActorsAsync(ActorQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        (string Name, string? Text)[] options = [("node", query.Node), ("path", query.Path), ("depth", Text(query.Depth)), ("limit", Text(query.Limit))];
        var said = options.Where(option => option.Text is not null).Select(option => $"{option.Name}={Uri.EscapeDataString(option.Text!)}");
        return CallAsync(token => calls.GetAsync($"v1/actors?{string.Join('&', said)}", ActorJson.Read, token), cancellationToken);
    }

    public Task LeaveAsync(string node, CancellationToken cancellationToken = default) => TellAsync(node, "leave", cancellationToken);

    public Task DownAsync(string node, CancellationToken cancellationToken = default) => TellAsync(node, "down", cancellationToken);

    // Whoever is told twice has been told: it is safe to try again. The answer has nothing in it that was not said.
    private Task TellAsync(string node, string what, CancellationToken cancellation) =>
        CallAsync(token => calls.PostAsync($"v1/cluster/members/{Name(node)}/{what}", _ => true, token), cancellation);

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var call = open.Enter(cancellation);
        return await ask(call.Token).ConfigureAwait(false);
    }

    private static string Name(string node)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        return Uri.EscapeDataString(node);
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
