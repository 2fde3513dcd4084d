namespace ProverCluster.Processes.World;

/// <summary>
/// Three nodes that all short tests share, since a start takes longer than most of what is done to a node; where links can be made, each has one of its own. What a
/// test has ended is started again for the next.
/// </summary>
public sealed class ThreeNodes : IAsyncLifetime
{
    public const string Name = "three nodes";

    private Nodes? _nodes;

    // Not here: there may be no test that wants them.
    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_nodes is { } nodes)
            await nodes.DisposeAsync();
    }

    internal async Task WithAsync(Func<Nodes, Task> test)
    {
        var nodes = _nodes ?? await Nodes.StartAsync(Form.Short, 3, links: Wanted.Namespaces() is null);
        _nodes = null;
        try
        {
            await nodes.CompleteAsync();
            await test(nodes);
            _nodes = nodes;
        }
        finally
        {
            // What has failed in the middle of something is nothing to begin with.
            if (_nodes is null)
                await nodes.DisposeAsync();
        }
    }
}

[CollectionDefinition(ThreeNodes.Name)]
public sealed class ThreeNodesCollection : ICollectionFixture<ThreeNodes>;
