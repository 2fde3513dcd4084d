using System.Data.Common;
using Npgsql;

namespace ProverCluster.Node.Store.Postgres;

/// <summary>A store on a PostgreSQL server, which several nodes may share. A batch is one message to the server and one back, and a transaction by that.</summary>
internal sealed class PostgresDatabase : StoreDatabase
{
    /// <summary>One writes, some read, and one is to spare for the time on the wall.</summary>
    private const int MostConnections = 8;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    /// <summary>Less than a caller waits, so that the reason is known when it gives up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly NpgsqlDataSource _server;

    private PostgresDatabase(NpgsqlDataSource server, string name) => (_server, Name) = (server, name);

    public override bool IsShared => true;

    public override string Name { get; }

    /// <exception cref="StoreRefusal">The server, or what is on it, cannot be used.</exception>
    public static async Task<PostgresDatabase> OpenAsync(PostgresUrl url, CancellationToken cancellation)
    {
        var connection = url.Connection();
        connection.ApplicationName = "prover-cluster";
        connection.SearchPath = PostgresSchema.Name;
        connection.MaxPoolSize = MostConnections;
        connection.MaxAutoPrepare = 50;
        connection.AutoPrepareMinUsages = 2;
        connection.Timeout = (int)ConnectPatience.TotalSeconds;
        connection.CommandTimeout = (int)Patience.TotalSeconds;
        // A server that is gone without a word is found out while nobody asks anything.
        connection.KeepAlive = 10;
        connection.PersistSecurityInfo = false;
        var server = NpgsqlDataSource.Create(connection);
        var database = new PostgresDatabase(server, url.ToString());
        try
        {
            await PostgresSetup.PrepareAsync(server, database.Name, cancellation);
            return database;
        }
        catch (Exception failure)
        {
            await server.DisposeAsync();
            if (failure is StoreRefusal || (failure is OperationCanceledException && cancellation.IsCancellationRequested))
                throw;
            throw new StoreRefusal($"{database.Name}: {database.Understand(failure).Why}");
        }
    }

    public override async Task WriteAsync(IReadOnlyList<StoreWrite> batch)
    {
        await using var connection = await _server.OpenConnectionAsync();
        await using var message = new NpgsqlBatch(connection);
        var goals = new PostgresGoalInsert(batch.OfType<NewGoalWrite>());
        if (!goals.IsEmpty)
            message.BatchCommands.Add(goals.Command());
        foreach (var statement in batch.OfType<IStatements>().SelectMany(write => write.Statements))
            message.BatchCommands.Add(Command(statement));
        await using var rows = await message.ExecuteReaderAsync();
        if (!goals.IsEmpty)
        {
            await goals.TakeAsync(rows);
            await rows.NextResultAsync();
        }

        foreach (var write in batch.OfType<IStatements>())
        {
            await write.TakeAsync(rows);
            // Statements without rows are passed over.
            await rows.NextResultAsync();
        }
    }

    public override async Task<T> ReadAsync<T>(SqlStatement statement, Func<DbDataReader, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await _server.OpenConnectionAsync(cancellation);
        await using var message = new NpgsqlBatch(connection);
        message.BatchCommands.Add(Command(statement));
        await using var rows = await message.ExecuteReaderAsync(cancellation);
        return await read(rows);
    }

    public override Task<long> WallAsync(CancellationToken cancellation) => ReadAsync(
        new SqlStatement("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"),
        async rows => await rows.ReadAsync(cancellation) ? rows.GetInt64(0) : 0,
        cancellation);

    public override StoreFault Understand(Exception failure) => PostgresFaults.Understand(failure);

    public override ValueTask DisposeAsync() => _server.DisposeAsync();

    private static NpgsqlBatchCommand Command(SqlStatement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Text);
        foreach (var value in statement.Values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
