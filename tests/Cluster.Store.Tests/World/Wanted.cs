namespace ProverCluster.Store;

internal static class Wanted
{
    public static string? Postgres()
    {
        if (PostgresServer.Programs is null)
            return "PostgreSQL not found: apt-get install postgresql";
        return Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "PostgreSQL does not run as root, and there is no user postgres"
            : null;
    }
}
