using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ProverCluster.Testing;

/// <summary>A PostgreSQL server of this run of the tests alone, which flushes as it does in earnest. It is started when it is asked for, and nothing of it stays.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    public const string Password = "Str0ng:and/strange@?#%20";

    private const string Mark = "store-spec-postgres-";

    private readonly string _folder;
    private int _databases;

    private PostgresServer(string folder, int port) => (_folder, Port) = (folder, port);

    /// <summary>The folder with its programs; null if it is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "pg_ctl")))
        : null;

    public int Port { get; }

    /// <summary>Why there can be none here; null if there can.</summary>
    public static string? Missing()
    {
        if (Programs is null)
            return "PostgreSQL not found: apt-get install postgresql";
        return Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "PostgreSQL does not run as root, and there is no user postgres"
            : null;
    }

    public static async Task<PostgresServer> StartAsync()
    {
        await SweepAsync();
        var server = new PostgresServer(Path.Combine(Path.GetTempPath(), $"{Mark}{Environment.ProcessId}"), FreePort());
        Directory.CreateDirectory(server._folder);
        var secret = Path.Combine(server._folder, "secret");
        await File.WriteAllTextAsync(secret, Password);
        if (Environment.IsPrivilegedProcess)
            await Run.DoAsync("chown", "-R", "postgres:postgres", server._folder);
        await As(Path.Combine(Programs!, "initdb"), "--pgdata", server.Data, "--username", "postgres", "--auth", "scram-sha-256", "--pwfile", secret, "--encoding", "UTF8", "--locale", "C", "--no-sync");
        await server.BeginAsync();
        return server;
    }

    public Task BeginAsync() => ControlAsync(
        "start", "--log", Path.Combine(_folder, "log"),
        "--options", $"-c listen_addresses=127.0.0.1 -c port={Port} -c unix_socket_directories='' -c shared_buffers=32MB -c max_connections=100 -c max_wal_size=256MB");

    /// <summary>As a loss of power would, but for what the kernel still has.</summary>
    public Task StopHardAsync() => ControlAsync("stop", "--mode", "immediate");

    /// <summary>The URL of an empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"spec_{Interlocked.Increment(ref _databases)}";
        await DoAsync("postgres", $"create database {name}");
        return UrlOf(name);
    }

    public string UrlOf(string database, string password = Password, string user = "postgres") =>
        $"postgres://{user}:{Uri.EscapeDataString(password)}@127.0.0.1:{Port}/{database}";

    /// <summary>Carries out what a node would not.</summary>
    public async Task DoAsync(string database, string sql)
    {
        var connection = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = Port, Username = "postgres", Password = Password, Database = database, Pooling = false };
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await RemoveAsync(_folder);

    private string Data => Path.Combine(_folder, "data");

    /// <summary>What a run has left that was killed.</summary>
    private static async Task SweepAsync()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), $"{Mark}*"))
        {
            if (!int.TryParse(Path.GetFileName(folder)[Mark.Length..], CultureInfo.InvariantCulture, out var pid) || !Directory.Exists($"/proc/{pid}"))
                await RemoveAsync(folder);
        }
    }

    private static async Task RemoveAsync(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "data")))
            await Run.TryAsync(Prefixed(Path.Combine(Programs!, "pg_ctl"), "stop", "--pgdata", Path.Combine(folder, "data"), "--mode", "immediate", "--wait"));
        Directory.Delete(folder, recursive: true);
    }

    private Task ControlAsync(string what, params string[] words) => As([Path.Combine(Programs!, "pg_ctl"), what, "--pgdata", Data, "--wait", "--timeout", "60", "--silent", .. words]);

    // The server keeps the pipes of whoever starts it.
    private static Task As(params string[] line) => Run.DoAsync(["/bin/sh", "-c", "\"$@\" > /dev/null 2>&1 < /dev/null", "sh", .. Prefixed(line)]);

    /// <summary>PostgreSQL refuses to be root.</summary>
    private static string[] Prefixed(params string[] line) =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. line] : line;

    /// <summary>None of those that the kernel gives to whoever asks for any: another would have it before the server does, or while it is stopped.</summary>
    private static int FreePort()
    {
        for (var tries = 100; ; tries--)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException) when (tries > 0)
            {
                // Somebody has it.
            }
        }
    }
}
