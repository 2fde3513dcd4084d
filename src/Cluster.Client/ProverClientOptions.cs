using System.Net.Http.Headers;
using ProverCluster.Client.Http;

namespace ProverCluster.Client;

/// <summary>How a cluster is reached. A value out of its range is refused where it is set.</summary>
public sealed record ProverClientOptions
{
    /// <summary>
    /// The HTTP addresses of nodes, such as <c>http://127.0.0.1:8081</c>; at least one. Any of them answers for the whole cluster: calls stay with one until it fails, then go to
    /// the next.
    /// </summary>
    public required IReadOnlyList<string> Endpoints { get; init => field = Addresses.Check([.. value]); }

    /// <summary>The bearer token; null, the default, for a cluster that wants none.</summary>
    public string? Token { get; init => field = CheckToken(value); }

    /// <summary>Goals of one bulk at once: 1 to 1024, 16 by default.</summary>
    public int Parallel { get; init => field = (int)Ranges.Number(nameof(Parallel), value, 1, 1024); } = 16;

    /// <summary>How long an endpoint may take to accept a connection: 100 ms to 5 minutes, 5 s by default. Not used with <see cref="Handler"/>.</summary>
    public TimeSpan ConnectTimeout { get; init => field = Ranges.Time(nameof(ConnectTimeout), value, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)); } = TimeSpan.FromSeconds(5);

    /// <summary>How long an endpoint may take to answer, and a second more for each MiB of a goal's text: 1 s to 1 hour, 30 s by default. No race is waited for with it.</summary>
    public TimeSpan RequestTimeout { get; init => field = Ranges.Time(nameof(RequestTimeout), value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stream of events may be silent before it is taken for dead: 20 s to 1 hour, 45 s by default. The cluster says something every 15 s.</summary>
    public TimeSpan StreamSilence { get; init => field = Ranges.Time(nameof(StreamSilence), value, TimeSpan.FromSeconds(20), TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(45);

    /// <summary>How long a call tries again when no endpoint answers it: 0 to 1 hour, 30 s by default.</summary>
    public TimeSpan RetryFor { get; init => field = Ranges.Time(nameof(RetryFor), value, TimeSpan.Zero, TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a goal is offered to a cluster that is there and has too much to do: 0 to 7 days, 30 s by default. Goals of a bulk are offered for as long as it lasts.
    /// </summary>
    public TimeSpan QueueFor { get; init => field = Ranges.Time(nameof(QueueFor), value, TimeSpan.Zero, TimeSpan.FromDays(7)); } = TimeSpan.FromSeconds(30);

    /// <summary>The wait after all endpoints have failed once, which doubles each time; up to a half of it is left out by chance: 1 ms to 1 minute, 100 ms by default.</summary>
    public TimeSpan FirstBackoff { get; init => field = Ranges.Time(nameof(FirstBackoff), value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)); } = TimeSpan.FromMilliseconds(100);

    /// <summary>What that wait grows to at most: 1 ms to 10 minutes, 5 s by default.</summary>
    public TimeSpan LongestBackoff { get; init => field = Ranges.Time(nameof(LongestBackoff), value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10)); } = TimeSpan.FromSeconds(5);

    /// <summary>The folder of the TPTP library, for includes that are not beside a goal's file; by default what the environment variable TPTP says.</summary>
    public string? TptpFolder { get; init; } = Environment.GetEnvironmentVariable("TPTP");

    /// <summary>The clock of all waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Sends the requests, for proxies and certificates of your own; disposed with the client. Null, the default, for a plain one.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>From 0 to 1, for what is left to chance.</summary>
    internal Func<double> Chance { get; init; } = Random.Shared.NextDouble;

    private static string? CheckToken(string? token) =>
        token is null || AuthenticationHeaderValue.TryParse($"Bearer {token}", out _) && !token.Any(c => c is <= ' ' or >= (char)0x7f)
            ? token
            : throw new ArgumentOutOfRangeException(paramName: null, "Token is not one: it is empty, or has blanks or other characters in it that no token has");
}
