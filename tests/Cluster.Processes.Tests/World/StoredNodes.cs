namespace ProverCluster.Processes.World;

/// <summary>Nodes with a store, in processes of their own, and a client of their HTTP. All of it is gone when it is disposed.</summary>
/// <param name="form">What each is started with.</param>
internal sealed class StoredNodes(Form form) : IAsyncDisposable
{
    private readonly Undertaker _undertaker = new();
    private readonly List<NodeProcess> _started = [];

    /// <summary>For what the nodes write, and a store in a folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(20) };

    public IReadOnlyList<NodeProcess> Started => _started;

    /// <summary>One more, which is up when this returns.</summary>
    public async Task<NodeProcess> StartAsync(params string[] words)
    {
        var node = await NodeProcess.StartAsync(form, _undertaker, Folder, [], words);
        _started.Add(node);
        return node;
    }

    /// <summary>Waits until that is so.</summary>
    public Task UntilAsync(Func<Task<bool>> isSo, string what, TimeSpan? within = null) => Patience.ForAsync(LoopAsync(isSo), what, Told, within);

    /// <summary>What every node has said, for a test that fails.</summary>
    public string Told() => string.Join("\n\n", _started.Select(node => node.Story));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _undertaker.DisposeAsync();
        _started.ForEach(node => node.Dispose());
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task LoopAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
            await Task.Delay(50);
    }
}
