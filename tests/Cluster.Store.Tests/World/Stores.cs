using ProverCluster.Node.Store;
using ProverCluster.Node.Store.Postgres;
using ProverCluster.Node.Store.Sqlite;

namespace ProverCluster.Store;

/// <summary>All specs with stores in them: one after the other, since they share the server, and the disk.</summary>
[CollectionDefinition(nameof(Stores))]
public sealed class StoresCollection : ICollectionFixture<Stores>;

/// <summary>Makes empty places for stores, and clears them away.</summary>
public sealed class Stores : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly List<string> _folders = [];
    private PostgresServer? _server;

    internal async Task<PostgresServer> ServerAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _server ??= await PostgresServer.StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>An empty folder, or the URL of an empty database.</summary>
    internal async Task<string> PlaceAsync(StoreKind kind) => kind == StoreKind.Sqlite ? Folder() : await (await ServerAsync()).NewDatabaseAsync();

    internal string Folder()
    {
        var folder = Directory.CreateTempSubdirectory("store-spec-").FullName;
        _folders.Add(folder);
        return folder;
    }

    /// <summary>A store in an empty place.</summary>
    internal async Task<NodeStore> OpenAsync(StoreKind kind) => await OpenAsync(await PlaceAsync(kind));

    /// <param name="place">A folder or a URL.</param>
    /// <param name="clock">Another clock than this machine's.</param>
    /// <param name="boot">Another life of the machine.</param>
    internal static async Task<NodeStore> OpenAsync(string place, TimeProvider? clock = null, string? boot = null) =>
        await NodeStore.OpenAsync(await DatabaseAsync(place, clock), clock ?? TimeProvider.System, boot ?? StoreClock.ThisBoot, default);

    internal static async Task<StoreDatabase> DatabaseAsync(string place, TimeProvider? clock = null) => PostgresUrl.TryParse(place, out var url, out _)
        ? await PostgresDatabase.OpenAsync(url, default)
        : await SqliteDatabase.OpenAsync(place, clock ?? TimeProvider.System);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
