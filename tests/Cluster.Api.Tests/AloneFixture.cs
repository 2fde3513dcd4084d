namespace ProverCluster.Api;

/// <summary>One node alone for the specs of a class.</summary>
public sealed class AloneFixture : IAsyncLifetime
{
    internal ApiNode Node { get; private set; } = null!;

    public async Task InitializeAsync() => Node = await ApiNode.StartAsync();

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
