using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Store.Sqlite;

/// <summary>The file of a store, looked at before it is used. The folder is locked by then.</summary>
internal static class SqliteFile
{
    private const int HeaderLength = 100;

    /// <summary>What SQLite looks through in about a second. In a longer file a fault is found when it is met.</summary>
    private const long MostChecked = 256 << 20;

    /// <summary>Makes the store, or brings it to this version.</summary>
    /// <exception cref="StoreRefusal">It is no store, or not whole, or a later version's.</exception>
    public static void Prepare(string path)
    {
        var shown = Excerpt.Visible(path);
        var isNew = !File.Exists(path) || new FileInfo(path).Length == 0;
        if (isNew)
            Make(path);
        else
            CheckHeader(path, shown);
        using var file = Open(path);
        if (!isNew)
            CheckWhole(file, path, shown);
        Migrate(file, shown);
    }

    /// <summary>A connection to a store that is there: one that has vanished is not to be replaced by an empty one.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="cacheKiB">How much of it the connection keeps in memory.</param>
    public static SqliteConnection Open(string path, int cacheKiB = 2048)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            // Somebody may look into the file with another program, for a moment.
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            connection.Open();
            Do(connection, "pragma journal_mode = wal");
            // Each commit is flushed to the disk: with "normal" it would survive the process, and not a loss of power.
            Do(connection, "pragma synchronous = full");
            Do(connection, "pragma foreign_keys = on");
            // Ids of clients' own and digests are random: the writer is to have the pages of their indexes in memory, and to write them back into the file seldom: every 16 MiB.
            Do(connection, $"pragma cache_size = -{cacheKiB}");
            Do(connection, "pragma wal_autocheckpoint = 4096");
            // A log that one long text has made long is cut again.
            Do(connection, "pragma journal_size_limit = 67108864");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>For nobody else to read; SQLite gives its other files the same rights.</summary>
    private static void Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }

    private static void CheckHeader(string path, string shown)
    {
        var header = new byte[HeaderLength];
        using (var file = File.OpenRead(path))
        {
            if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !header.AsSpan().StartsWith("SQLite format 3\0"u8))
                throw new StoreRefusal($"{shown}: this is no store, or what is left of one: it does not begin as an SQLite file does; another folder is wanted, or a copy that was saved");
        }

        var mark = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(68));
        if (mark == 0)
            mark = MarkInLog(path);
        if (mark != SqliteSchema.ApplicationId)
            throw new StoreRefusal($"{shown}: this SQLite file belongs to another program (its mark is {mark:x8}, and a store's is {SqliteSchema.ApplicationId:x8}); another folder is wanted");
    }

    /// <summary>What a node has left that was killed when it had only begun: nothing, or all of it in the log. The file stays as it is.</summary>
    private static int MarkInLog(string path)
    {
        using var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        file.Open();
        return Number(file, "select count(*) from sqlite_master") == 0 ? SqliteSchema.ApplicationId : (int)Number(file, "pragma application_id");
    }

    private static void CheckWhole(SqliteConnection file, string path, string shown)
    {
        // What the last node has left in the log, if it was killed, comes home first; then the file's length says whether it was cut off.
        Do(file, "pragma wal_checkpoint(truncate)");
        var wanted = Number(file, "pragma page_count") * Number(file, "pragma page_size");
        if (new FileInfo(path).Length is var length && length < wanted)
            throw Broken($"it has {length} of its {wanted} bytes");
        if (length <= MostChecked && Word(file, "pragma quick_check(1)") is var word and not "ok")
            throw Broken(Excerpt.Of(word));

        StoreRefusal Broken(string why) => new($"{shown}: this store is damaged: {why}; a copy that was saved is wanted, or another folder");
    }

    private static void Migrate(SqliteConnection file, string shown)
    {
        var version = Number(file, "pragma user_version");
        if (version > SqliteSchema.Steps.Count)
            throw new StoreRefusal($"{shown}: this store has version {version}, and this node knows those up to {SqliteSchema.Steps.Count}: a newer node has used it, and one as new is wanted");
        for (var step = (int)version; step < SqliteSchema.Steps.Count; step++)
        {
            using var transaction = file.BeginTransaction();
            Do(file, SqliteSchema.Steps[step]);
            Do(file, $"pragma application_id = {SqliteSchema.ApplicationId}");
            Do(file, $"pragma user_version = {step + 1}");
            transaction.Commit();
        }
    }

    private static void Do(SqliteConnection file, string sql)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection file, string sql)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static string Word(SqliteConnection file, string sql)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }
}
