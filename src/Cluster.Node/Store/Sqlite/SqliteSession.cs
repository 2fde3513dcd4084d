using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ProverCluster.Node.Store.Sqlite;

/// <summary>A connection that remembers what it has prepared: there are a few statements, and each is carried out without end.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private const int LongBytes = 64 << 10;

    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private SqliteGoalInsert? _goals;

    /// <summary>The lock for writing is taken at once, and not in the middle, where nobody may wait for it.</summary>
    public void Begin() => Do(new SqlStatement("begin immediate"));

    public void Commit() => Do(new SqlStatement("commit"));

    public void Do(SqlStatement statement)
    {
        using var lent = Lend(statement);
        lent.Command.ExecuteNonQuery();
    }

    /// <returns>The row's number; null if there is one under its id.</returns>
    public long? Insert(NewGoalRow goal) => (_goals ??= new SqliteGoalInsert(connection)).Do(goal);

    public async Task<T> ReadAsync<T>(SqlStatement statement, Func<DbDataReader, Task<T>> read)
    {
        using var lent = Lend(statement);
        await using var rows = lent.Command.ExecuteReader();
        return await read(rows);
    }

    public void Dispose()
    {
        _goals?.Dispose();
        foreach (var command in _prepared.Values)
            command.Dispose();
        connection.Dispose();
    }

    private Lent Lend(SqlStatement statement)
    {
        // SQLite keeps what was bound last, for as long as the statement is prepared.
        var isLong = statement.Values.Any(value => value is byte[] { Length: > LongBytes });
        var command = isLong ? Prepare(statement) : _prepared.TryGetValue(statement.Text, out var known) ? known : _prepared[statement.Text] = Prepare(statement);
        foreach (var (number, value) in statement.Values.Index())
            command.Parameters[number].Value = value ?? DBNull.Value;
        return new Lent(command, isLong);
    }

    private SqliteCommand Prepare(SqlStatement statement)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Text;
        foreach (var number in Enumerable.Range(1, statement.Values.Length))
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${number}" });
        return command;
    }

    private readonly record struct Lent(SqliteCommand Command, bool IsLong) : IDisposable
    {
        public void Dispose()
        {
            if (IsLong)
                Command.Dispose();
        }
    }
}
