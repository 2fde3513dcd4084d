using System.Text.Json;

namespace ProverCluster.Client.Http;

/// <summary>From an answer that is none of the good ones to the exception that says so, by the table in docs/http.md.</summary>
internal static class Problem
{
    /// <summary>Bytes of problem details that are looked at.</summary>
    private const int Longest = 64 << 10;

    public static async Task<Exception> OfAsync(Uri endpoint, HttpResponseMessage response, CancellationToken cancellation)
    {
        var (code, detail) = await ReadAsync(response.Content, cancellation);
        var status = (int)response.StatusCode;
        var words = $"answered {status}{(code is null ? "" : " " + code)}{(detail is null ? "" : ": " + detail)}";
        return (status, code) switch
        {
            (400 or 405 or 413 or 414 or 415 or 431, _) => new RequestRefusedException($"{endpoint} {words}", endpoint, code),
            (401, _) => new UnauthorizedException($"{endpoint} {words}", endpoint, code),
            (403, _) => new ForbiddenException($"{endpoint} {words}", endpoint, code),
            (404, "unknown-node" or "unknown-actor") or (409, "alone") => new RequestRefusedException($"{endpoint} {words}", endpoint, code),
            (404, "unknown-goal") => new UnknownGoalException($"{endpoint} {words}", endpoint, code),
            (409, "id-in-use") => new GoalIdInUseException($"{endpoint} {words}", endpoint, code),
            (429, _) => new TroubleException(endpoint, words, code, isFull: true, retryAfter: RetryAfter(response)),
            (408, _) or (503, "draining" or "not-a-member" or "too-busy") => new TroubleException(endpoint, words, code),
            (500 or 502 or 503 or 504, _) => new TroubleException(endpoint, words, code, mayHaveLanded: true),
            _ => new ProtocolException($"{endpoint} {words}, which a ProverCluster does not", endpoint, code),
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    // Whatever stands there is a help, and its lack no harm.
    private static async Task<(string? Code, string? Detail)> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json")) return (null, null);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellation);
            var bytes = new byte[Longest];
            var count = await stream.ReadAtLeastAsync(bytes, Longest, throwOnEndOfStream: false, cancellation);
            using var json = JsonDocument.Parse(bytes.AsMemory(0, count));
            return (Text(json.RootElement, "code"), Text(json.RootElement, "detail") ?? Text(json.RootElement, "title"));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or IOException or HttpRequestException)
        {
            return (null, null);
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? Shown.Quote(member.GetString()) : null;
}
