using System.Runtime.InteropServices;

namespace ProverCluster.Store;

internal static class Wanted
{
    public static string? Sqlite() => NativeLibrary.TryLoad("libsqlite3.so.0", out _) ? null : "SQLite not found: apt-get install libsqlite3-0";

    public static string? Postgres()
    {
        if (PostgresServer.Programs is null)
            return "PostgreSQL not found: apt-get install postgresql";
        return Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "PostgreSQL does not run as root, and there is no user postgres"
            : null;
    }
}
