using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProverCluster.Node.Store.Sqlite;

/// <summary>
/// Writes goals' rows through SQLite's own calls: a command and a reader for each take longer than SQLite itself does, and this is what clients wait for.
/// </summary>
internal sealed class SqliteGoalInsert : IDisposable
{
    private const string Statement =
        "insert into goals (id, goal, owner, stands, accepted_at, deadline, content) values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict (id) do nothing";

    private readonly sqlite3 _file;
    private readonly sqlite3_stmt _insert;

    public SqliteGoalInsert(SqliteConnection connection)
    {
        _file = connection.Handle!;
        Demand(raw.sqlite3_prepare_v3(_file, Statement, raw.SQLITE_PREPARE_PERSISTENT, out _insert));
    }

    /// <returns>The row's number; null if there is one under its id.</returns>
    public long? Do(NewGoalRow row)
    {
        Demand(raw.sqlite3_bind_text(_insert, 1, row.Id));
        Demand(raw.sqlite3_bind_text(_insert, 2, row.Goal));
        Demand(raw.sqlite3_bind_text(_insert, 3, row.Owner));
        Demand(raw.sqlite3_bind_int64(_insert, 4, row.Stands));
        Demand(raw.sqlite3_bind_int64(_insert, 5, row.AcceptedAt));
        Demand(raw.sqlite3_bind_int64(_insert, 6, row.Deadline));
        Demand(row.Content switch
        {
            null => raw.sqlite3_bind_null(_insert, 7),
            // Of no bytes, which is not none.
            [] => raw.sqlite3_bind_zeroblob(_insert, 7, 0),
            { } content => raw.sqlite3_bind_blob(_insert, 7, content),
        });
        Demand(raw.sqlite3_step(_insert));
        raw.sqlite3_reset(_insert);
        return raw.sqlite3_changes(_file) == 0 ? null : raw.sqlite3_last_insert_rowid(_file);
    }

    public void Dispose() => _insert.Dispose();

    /// <summary>After a failure the whole session is given up.</summary>
    private void Demand(int code) => SqliteException.ThrowExceptionForRC(code, _file);
}
