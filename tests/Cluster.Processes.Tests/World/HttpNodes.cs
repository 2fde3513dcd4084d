using System.Text.Json;

namespace ProverCluster.Processes.World;

/// <summary>Nodes in processes of their own that answer over HTTP. All of it is gone when it is disposed.</summary>
internal sealed class HttpNodes : IAsyncDisposable
{
    private readonly List<NodeProcess> _all = [];

    /// <summary>For goals' files, and for what the nodes write.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;

    public Undertaker Undertaker { get; } = new();

    /// <summary>In the order of their addresses: of two, the first goes on without the other.</summary>
    public IReadOnlyList<NodeProcess> All => [.. _all.OrderBy(node => int.Parse(node.Address.Port, System.Globalization.CultureInfo.InvariantCulture))];

    public HttpClient Http { get; } = new();

    /// <summary>Each knows all the others when this returns.</summary>
    public static async Task<HttpNodes> StartAsync(Form form, int count)
    {
        var nodes = new HttpNodes();
        try
        {
            for (var i = 0; i < count; i++)
            {
                string[] seeds = [.. nodes._all.Take(1).SelectMany(node => new[] { "--seed", node.Name })];
                nodes._all.Add(await NodeProcess.StartAsync(form, nodes.Undertaker, nodes.Folder, [], ["--host", "127.0.0.1", "--port", "0", "--http", "0", .. seeds]));
            }

            foreach (var node in nodes._all)
                await nodes.KnowsAsync(node, count);
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>What every node has said, for a test that fails.</summary>
    public string Told() => string.Join("\n\n", _all.Select(node => node.Story));

    public async Task NoProverLivesAsync()
    {
        foreach (var node in _all)
            await node.NoProverLivesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Undertaker.DisposeAsync();
        _all.ForEach(node => node.Dispose());
        Directory.Delete(Folder, recursive: true);
    }

    private async Task KnowsAsync(NodeProcess node, int count)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (JsonDocument.Parse(await Http.GetStringAsync(new Uri(node.Http, "/v1/backends"))).RootElement.GetProperty("nodes").GetArrayLength() < count)
        {
            Assert.True(since.Elapsed < Busy.Allow(Patience.Usual), $"{node.Name} does not know the others: {Told()}");
            await Task.Delay(50);
        }
    }
}
