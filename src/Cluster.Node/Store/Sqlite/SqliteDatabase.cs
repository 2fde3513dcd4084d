using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using ProverCluster.Node.Configuration;
using SQLitePCL;

namespace ProverCluster.Node.Store.Sqlite;

/// <summary>
/// A store in one file, in a folder that is this node's alone. One connection writes, a few read beside it. SQLite has no calls that wait without a thread: they take
/// one of the pool for as long as the disk takes.
/// </summary>
internal sealed class SqliteDatabase : StoreDatabase
{
    private const int Readers = 4;

    private const int WriterCacheKiB = 64 << 10;

    private readonly FolderLock _folder;
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SemaphoreSlim _reading = new(Readers, Readers);
    private SqliteSession? _writer;

    private SqliteDatabase(FolderLock folder, string path, TimeProvider clock) => (_folder, _path, _clock) = (folder, path, clock);

    public override bool IsShared => false;

    public override string Name => Excerpt.Visible(_path);

    /// <exception cref="StoreRefusal">The folder, or what is in it, cannot be used.</exception>
    public static Task<SqliteDatabase> OpenAsync(string folder, TimeProvider clock) => Task.Run(() =>
    {
        SqliteLibrary.Require();
        var held = FolderLock.Take(folder);
        var path = Path.Combine(Path.GetFullPath(folder), "store.db");
        var database = new SqliteDatabase(held, path, clock);
        try
        {
            SqliteFile.Prepare(path);
            return database;
        }
        catch (Exception failure)
        {
            held.Dispose();
            if (failure is StoreRefusal)
                throw;
            throw new StoreRefusal($"{database.Name}: {database.Understand(failure).Why}");
        }
    });

    public override async Task WriteAsync(IReadOnlyList<StoreWrite> batch)
    {
        var writer = _writer ?? new SqliteSession(SqliteFile.Open(_path, WriterCacheKiB));
        // Until all of it has gone well: nobody knows what is left in a session where something has not.
        _writer = null;
        try
        {
            writer.Begin();
            foreach (var write in batch)
            {
                if (write is NewGoalWrite goal)
                    goal.Take(writer.Insert(goal.Row));
                else
                    await DoAsync(writer, (IStatements)write);
            }

            writer.Commit();
            _writer = writer;
        }
        finally
        {
            if (_writer is null)
                writer.Dispose();
        }
    }

    private static async Task DoAsync(SqliteSession writer, IStatements write)
    {
        foreach (var statement in write.Statements.SkipLast(1))
            writer.Do(statement);
        await writer.ReadAsync(write.Statements[^1], async rows =>
        {
            await write.TakeAsync(rows);
            // Each row is one deletion more, whether or not anybody asks for it.
            return await Rows.CountAsync(rows);
        });
    }

    public override async Task<T> ReadAsync<T>(SqlStatement statement, Func<DbDataReader, Task<T>> read, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            // Not on the caller's thread, which may be an actor's.
            return await Task.Run(() => ReadAsync(statement, read), cancellation);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<T> ReadAsync<T>(SqlStatement statement, Func<DbDataReader, Task<T>> read)
    {
        var reader = _readers.TryTake(out var idle) ? idle : new SqliteSession(SqliteFile.Open(_path));
        try
        {
            var result = await reader.ReadAsync(statement, read);
            _readers.Add(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public override Task<long> WallAsync(CancellationToken cancellation) => Task.FromResult(_clock.GetUtcNow().ToUnixTimeMilliseconds());

    public override StoreFault Understand(Exception failure)
    {
        if (failure is not SqliteException sqlite)
            return new StoreFault(HoconFile.IsUnreadable(failure) ? StoreFaultKind.Unavailable : StoreFaultKind.Statement, Excerpt.Of(failure.Message));
        var why = sqlite.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => "the disk is full",
            // The one file that SQLite makes longer before it writes into it.
            raw.SQLITE_IOERR when sqlite.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => "the disk is full",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program has the file locked",
            raw.SQLITE_READONLY => "it cannot be written",
            raw.SQLITE_CANTOPEN => "it cannot be opened",
            raw.SQLITE_IOERR => $"the disk failed (SQLite's code {sqlite.SqliteExtendedErrorCode})",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "this store is damaged; a copy that was saved is wanted, or another folder",
            raw.SQLITE_NOMEM => "there is no memory left",
            _ => null,
        };
        return why is null ? new StoreFault(StoreFaultKind.Statement, Excerpt.Of(sqlite.Message)) : new StoreFault(StoreFaultKind.Unavailable, why);
    }

    public override ValueTask DisposeAsync()
    {
        _writer?.Dispose();
        foreach (var reader in _readers)
            reader.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
