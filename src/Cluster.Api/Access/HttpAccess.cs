using Microsoft.Extensions.Configuration;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Api.Access;

/// <summary>Who may come in over HTTP, and how it is kept from others' eyes: all that must be right before a node begins to listen.</summary>
public sealed class HttpAccess
{
    private readonly HttpSettings _settings;
    private readonly string? _tokens;

    private HttpAccess(HttpSettings settings)
    {
        _settings = settings;
        if (settings is { IsInsecure: true, Tokens: not null })
            throw new SettingsException("http.insecure (--insecure) lets everybody in, but http.tokens says who may come in: leave one of them out");
        if (settings is { IsLoopback: false, IsInsecure: false, Tokens: null })
            throw new SettingsException($"http.host is '{settings.Host}', which is not this machine alone, but 127.0.0.1 is wanted where http.tokens names no file of tokens (--insecure lets everybody in)");
        if (settings.Tokens is { } path)
        {
            _tokens = TokenFile.ReadText(path);
            TokenFile.Parse(path, _tokens);
        }

        Kestrel = settings.Kestrel is { } file ? KestrelFile.Read(file) : null;
    }

    /// <summary>What whoever starts the node should know; null for nothing.</summary>
    public string? Notice =>
        _settings.IsLoopback ? null
        : _settings.IsInsecure ? $"whoever can reach {_settings.Host} over HTTP may submit goals, see all of them, and end nodes; see docs/security.md"
        : Kestrel is null ? $"tokens and goals that come to {_settings.Host} over HTTP travel in clear text: http.kestrel names a certificate; see docs/security.md"
        : null;

    /// <summary>The server's own settings; null for none, and no TLS.</summary>
    internal IConfigurationSection? Kestrel { get; }

    /// <exception cref="SettingsException">The settings contradict each other, or a file that they name is not what is wanted.</exception>
    public static HttpAccess Read(HttpSettings settings) => new(settings);

    /// <summary>The tokens, from now on; null where nobody needs one.</summary>
    internal TokenBook? Open(TimeProvider clock, NodeLog log) => _tokens is null ? null : new TokenBook(_settings.Tokens!, _tokens, clock, log);
}
