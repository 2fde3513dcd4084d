using System.Net.Sockets;
using Npgsql;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Store.Postgres;

/// <summary>What a failure of the server, or of the way to it, means.</summary>
internal static class PostgresFaults
{
    public static StoreFault Understand(Exception failure) => failure switch
    {
        PostgresException said => Said(said),
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => Unavailable("the server does not answer in time"),
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } } => Unavailable("no host has that name"),
        NpgsqlException { InnerException: SocketException socket } => Broken($"the server cannot be reached: {Excerpt.Of(socket.Message)}"),
        SocketException or IOException => Broken($"the server cannot be reached: {Excerpt.Of(failure.Message)}"),
        NpgsqlException => Broken($"the connection to the server broke: {Excerpt.Of((failure.InnerException ?? failure).Message)}"),
        _ => new StoreFault(StoreFaultKind.Statement, Excerpt.Of(failure.Message)),
    };

    private static StoreFault Said(PostgresException said) => said.SqlState switch
    {
        // Two nodes in each other's way; or a text that was forgotten just when a goal came that has it.
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.NotNullViolation
            => new StoreFault(StoreFaultKind.Conflict, "other nodes were in the way, again and again"),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification
            => Unavailable("the server does not let this user in: another password is wanted (in the URL, in PGPASSWORD or in ~/.pgpass), or a line in its pg_hba.conf"),
        PostgresErrorCodes.InvalidCatalogName => Unavailable("there is no such database on the server: createdb is wanted"),
        PostgresErrorCodes.InsufficientPrivilege => Unavailable($"this user may not do what a store needs: {Excerpt.Of(said.MessageText)}"),
        PostgresErrorCodes.ReadOnlySqlTransaction => Unavailable("the server only reads now, as a standby does"),
        PostgresErrorCodes.DiskFull => Unavailable("the server's disk is full"),
        PostgresErrorCodes.QueryCanceled => Unavailable("the server does not answer in time"),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName => Unavailable($"the store's tables are gone from the database: {Excerpt.Of(said.MessageText)}"),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => Broken("the server has stopped"),
        // Connections, resources, an operator's intervention, the system's and the server's own failures.
        ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or ['5', '8', ..] or ['X', 'X', ..] or ['F', '0', ..] => Unavailable($"the server says: {Excerpt.Of(said.MessageText)}"),
        _ => new StoreFault(StoreFaultKind.Statement, Excerpt.Of(said.MessageText)),
    };

    private static StoreFault Broken(string why) => new(StoreFaultKind.Broken, why);

    private static StoreFault Unavailable(string why) => new(StoreFaultKind.Unavailable, why);
}
