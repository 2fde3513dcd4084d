using System.Diagnostics.CodeAnalysis;
using Npgsql;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Store.Postgres;

/// <summary>
/// Where a PostgreSQL server is, as <c>postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?sslmode=...&amp;sslrootcert=...]</c>. No sentence of ours, and nothing that is
/// logged, has the password in it. Without one the variables and files of libpq are asked: PGPASSWORD, PGPASSFILE, ~/.pgpass.
/// </summary>
public sealed class PostgresUrl
{
    public const string Wanted = "postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE, with '%' and two hexadecimal digits for what is special,";

    private const int UsualPort = 5432;

    private static readonly Dictionary<string, SslMode> SslModes = new(StringComparer.Ordinal)
    {
        ["disable"] = SslMode.Disable,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    private readonly NpgsqlConnectionStringBuilder _parts;

    private PostgresUrl(NpgsqlConnectionStringBuilder parts) => _parts = parts;

    /// <summary>As it was given, without the password.</summary>
    public override string ToString() => Excerpt.Visible($"postgres://{_parts.Username}@{(_parts.Host!.Contains(':') ? $"[{_parts.Host}]" : _parts.Host)}:{_parts.Port}/{_parts.Database}");

    /// <param name="text">As it was given.</param>
    /// <param name="url">What it says.</param>
    /// <param name="why">What is wrong with it, in some words that quote nothing of it: it may hold a password.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PostgresUrl? url, [NotNullWhen(false)] out string? why)
    {
        url = null;
        why = Complain(text, out var parts);
        if (why is null)
            url = new PostgresUrl(parts!);
        return url is not null;
    }

    /// <summary>For Npgsql: the secret is in it.</summary>
    internal NpgsqlConnectionStringBuilder Connection() => new(_parts.ConnectionString);

    private static string? Complain(string text, out NpgsqlConnectionStringBuilder? parts)
    {
        parts = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
            return "it does not begin with postgres:// or cannot be read";
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length == 0)
            return "it names no user";
        if (uri.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6))
            return "it names no host";
        var database = uri.AbsolutePath.TrimStart('/');
        if (database.Length == 0 || database.Contains('/'))
            return "it names no database";
        if (uri.Fragment.Length > 0)
            return "it has a '#' in it";
        string[] words = [.. user.Append(database).Select(Uri.UnescapeDataString)];
        if (words.Any(word => word.Any(char.IsControl)))
            return "a control character is in it";

        parts = new NpgsqlConnectionStringBuilder
        {
            Host = uri.DnsSafeHost,
            Port = uri.IsDefaultPort || uri.Port < 0 ? UsualPort : uri.Port,
            Username = words[0],
            Database = words[^1],
            SslMode = SslMode.Prefer,
        };
        if (user.Length > 1)
            parts.Password = words[1];
        return Options(uri.Query, parts);
    }

    private static string? Options(string query, NpgsqlConnectionStringBuilder parts)
    {
        foreach (var option in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = option.Split('=', 2) is [var key, var rest] ? (key, Uri.UnescapeDataString(rest)) : (option, "");
            if (name == "sslmode" && SslModes.TryGetValue(value, out var mode))
                parts.SslMode = mode;
            else if (name == "sslrootcert" && value.Length > 0)
                parts.RootCertificate = value;
            else
                return $"after the '?' only sslmode={string.Join('|', SslModes.Keys)} and sslrootcert=FILE are known";
        }

        return null;
    }
}
