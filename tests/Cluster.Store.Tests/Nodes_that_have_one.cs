using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Store;
using ProverCluster.Node.Store.Postgres;

namespace ProverCluster.Store;

/// <summary>A node opens the store that its settings name before anything else, and closes it when all else has ended.</summary>
[Collection(nameof(Stores))]
public sealed class Nodes_that_have_one(Stores stores)
{
    private static readonly ClusterPlace First = new("127.0.0.1", 0, [], NodeRoles.All);
    private static readonly SettingsFiles Files = SettingsFiles.LoadShipped().With("spec.conf", "prover-cluster { slots = 1, sandbox.mode = off }");

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task A_node_has_the_store_until_it_has_ended(StoreKind kind)
    {
        var place = await stores.PlaceAsync(kind);
        var node = await StartAsync(place, kind == StoreKind.Sqlite ? null : First);
        var store = node.Services.GetRequiredService<NodeStore>();
        Assert.Same(store.Goals, node.Services.GetRequiredService<IGoalStore>());
        Assert.Same(store.Verdicts, node.Services.GetRequiredService<IVerdictCache>());
        Assert.Equal(store.Name, node.StoreName);
        Assert.Equal(0, (await store.Goals.CountAsync()).Open);
        store.Access.Health.Fail("no more", null);
        Assert.Equal(store.Trouble, node.Services.GetRequiredService<StoreHealth>().Trouble);
        await node.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => store.Goals.CountAsync());
        await using var next = await Stores.OpenAsync(place);
    }

    [Fact]
    public async Task A_node_without_one_keeps_nothing_and_is_in_no_trouble()
    {
        await using var node = await ProverNode.StartAsync(NodeSettings.Read(Files), BackendCatalogue.Read(Files), null, default);
        Assert.IsType<NoStore>(node.Services.GetRequiredService<IGoalStore>());
        Assert.Null(node.Services.GetService<NodeStore>());
        Assert.Null(node.StoreName);
        Assert.Null(node.Services.GetRequiredService<StoreHealth>().Trouble);
    }

    [SqliteFact]
    public async Task A_folder_is_refused_to_a_node_that_others_can_join()
    {
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => StartAsync(stores.Folder(), First));
        Assert.Equal("a store in a folder is for one node alone, and this one is in a cluster: give all its nodes one server with --store postgres://...", refusal.Message);
    }

    [SqliteFact]
    public async Task A_node_that_does_not_start_lets_go_of_the_folder()
    {
        var folder = stores.Folder();
        await Assert.ThrowsAsync<InvalidOperationException>(() => ProverNode.StartAsync(
            Settings(folder), BackendCatalogue.Read(Files), null, _ => throw new InvalidOperationException("the spec wants it so"), default));
        await using var next = await Stores.OpenAsync(folder);
    }

    [SqliteFact]
    public async Task Nodes_of_one_process_have_none_whatever_their_settings_say()
    {
        var folder = stores.Folder();
        await using var cluster = await LocalCluster.StartAsync(Settings(folder), BackendCatalogue.Read(Files), 2, default);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private static Task<ProverNode> StartAsync(string store, ClusterPlace? place) => ProverNode.StartAsync(Settings(store), BackendCatalogue.Read(Files), place, default);

    private static NodeSettings Settings(string store)
    {
        var settings = NodeSettings.Read(Files);
        var isServer = PostgresUrl.TryParse(store, out var url, out _);
        return settings with { Store = settings.Store with { Folder = isServer ? null : store, Url = url } };
    }
}
