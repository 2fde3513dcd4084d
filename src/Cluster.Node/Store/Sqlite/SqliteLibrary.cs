using System.Runtime.InteropServices;
using SQLitePCL;

namespace ProverCluster.Node.Store.Sqlite;

/// <summary>SQLite as the machine has it, which its distribution keeps free of known faults: no copy of our own.</summary>
internal static class SqliteLibrary
{
    private const string File = "libsqlite3.so.0";

    /// <summary>The first one that has <c>returning</c>.</summary>
    private const int Oldest = 3_035_000;

    private static readonly Lazy<string?> Trouble = new(Load);

    /// <exception cref="StoreRefusal">It is not there, or too old.</exception>
    public static void Require()
    {
        if (Trouble.Value is { } trouble)
            throw new StoreRefusal(trouble);
    }

    private static string? Load()
    {
        if (!NativeLibrary.TryLoad(File, out var library))
            return $"a store in a folder needs SQLite, and {File} is not on this machine: apt-get install libsqlite3-0";
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) => library);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return raw.sqlite3_libversion_number() < Oldest ? $"a store in a folder needs SQLite 3.35 or later, and {File} is {raw.sqlite3_libversion().utf8_to_string()}" : null;
    }
}
