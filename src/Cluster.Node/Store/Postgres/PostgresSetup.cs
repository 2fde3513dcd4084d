using Npgsql;

namespace ProverCluster.Node.Store.Postgres;

/// <summary>Makes the tables, or brings them to this version.</summary>
internal static class PostgresSetup
{
    /// <summary>Another node may be at it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly int Known = PostgresSchema.Steps.Count;

    /// <exception cref="StoreRefusal">They are a later version's, or somebody else's.</exception>
    public static async Task PrepareAsync(NpgsqlDataSource server, string name, CancellationToken cancellation)
    {
        await using var connection = await server.OpenConnectionAsync(cancellation);
        foreach (var setting in new[] { "fsync", "synchronous_commit" })
        {
            if (await ScalarAsync(connection, $"show {setting}", cancellation) is "off")
                throw new StoreRefusal($"{name}: {setting} is off on this server, so that it forgets what it has confirmed when it loses power; on is wanted");
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Until this transaction ends: whoever waits finds the work done.
        await DoAsync(connection, $"select pg_advisory_xact_lock({PostgresSchema.Lock})", cancellation);
        await MigrateAsync(connection, name, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task MigrateAsync(NpgsqlConnection connection, string name, CancellationToken cancellation)
    {
        var isThere = await ScalarAsync(connection, $"select 1 from pg_namespace where nspname = '{PostgresSchema.Name}'", cancellation) is not null;
        var isOurs = isThere && await ScalarAsync(connection, $"select to_regclass('{PostgresSchema.Name}.version')::text", cancellation) is string;
        if (isThere && !isOurs && await ScalarAsync(connection, $"select 1 from pg_class where relnamespace = '{PostgresSchema.Name}'::regnamespace", cancellation) is not null)
            throw new StoreRefusal($"{name}: the schema {PostgresSchema.Name} of this database belongs to something else: it has no table 'version'; another database is wanted");
        if (!isThere)
            await DoAsync(connection, $"create schema {PostgresSchema.Name}", cancellation);
        if (!isOurs)
            await DoAsync(connection, "create table version (number bigint not null); insert into version values (0)", cancellation);

        var version = await ScalarAsync(connection, "select number from version", cancellation) is long number ? number : 0;
        if (version > Known)
            throw new StoreRefusal($"{name}: this store has version {version}, and this node knows those up to {Known}: a newer node has used it, and one as new is wanted");
        for (var step = (int)version; step < Known; step++)
            await DoAsync(connection, $"{PostgresSchema.Steps[step]}; update version set number = {step + 1}", cancellation);
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Patience.TotalSeconds };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation) is var found && found is DBNull ? null : found;
    }
}
