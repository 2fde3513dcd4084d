using System.Data.Common;
using Npgsql;
using ProverCluster.Node.Store;
using ProverCluster.Node.Store.Postgres;
using ProverCluster.Node.Store.Sqlite;
using ProverCluster.Testing;

namespace ProverCluster.Bench.Store;

/// <summary>An empty place for a store, of one kind.</summary>
internal sealed class StorePlace : IAsyncDisposable
{
    private readonly PostgresServer? _server;

    private StorePlace(string folder, PostgresServer? server, PostgresUrl? url) => (Folder, _server, Url) = (folder, server, url);

    public string Kind => _server is null ? "SQLite" : "PostgreSQL";

    public string Folder { get; }

    public PostgresUrl? Url { get; }

    public static StorePlace InFolder(string parent)
    {
        var folder = Path.Combine(parent, $"store-bench-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        return new StorePlace(folder, null, null);
    }

    /// <summary>A server of its own, which flushes; null if there can be none here.</summary>
    public static async Task<StorePlace?> OnServerAsync()
    {
        if (PostgresServer.Missing() is { } why)
        {
            Console.Error.WriteLine($"bench: {why}");
            return null;
        }

        var server = await PostgresServer.StartAsync();
        return PostgresUrl.TryParse(await server.NewDatabaseAsync(), out var url, out var fault) ? new StorePlace("", server, url) : throw new BenchRefusal(fault);
    }

    public Task<NodeStore> OpenAsync() => Url is null ? NodeStore.OpenAsync(Folder, TimeProvider.System) : NodeStore.OpenAsync(Url, TimeProvider.System);

    /// <summary>A connection past the store, to its tables.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        if (Url is null) return SqliteFile.Open(Path.Combine(Folder, "store.db"));
        var words = Url.Connection();
        words.SearchPath = PostgresSchema.Name;
        var connection = new NpgsqlConnection(words.ToString());
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>What its database takes of the disk, the log of a server not among it.</summary>
    public async Task<long> BytesAsync(NodeStore store) => Url is null
        ? Directory.GetFiles(Folder).Sum(file => new FileInfo(file).Length)
        : long.Parse(
            await store.Access.ReadAsync(new SqlStatement("select cast(pg_database_size(current_database()) as text)"), async rows => await rows.ReadAsync() ? rows.GetString(0) : "0", default),
            System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        else Directory.Delete(Folder, recursive: true);
    }
}
