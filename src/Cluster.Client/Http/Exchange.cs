using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using ProverCluster.Messages.Json;

namespace ProverCluster.Client.Http;

/// <summary>One request to one endpoint: a good answer, trouble that another try may mend, or the exception that says why no try will.</summary>
internal sealed class Exchange(ProverClientOptions options) : IDisposable
{
    /// <summary>Bytes of one answer: a model or proof of 64 MiB, escaped, and a table of runs.</summary>
    private const int LongestAnswer = 256 << 20;

    private readonly HttpClient _http = new(options.Handler ?? Plain(options))
    {
        // Each request has a limit of its own, on the clock of the options.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <summary>The answer, read to its end.</summary>
    public Task<T> AskAsync<T>(Uri endpoint, HttpRequestMessage request, TimeSpan within, Func<JsonElement, T> read, CancellationToken cancellation) =>
        AskAsync(endpoint, request, within, (_, json) => read(json), cancellation);

    /// <inheritdoc cref="AskAsync{T}(Uri, HttpRequestMessage, TimeSpan, Func{JsonElement, T}, CancellationToken)"/>
    public async Task<T> AskAsync<T>(Uri endpoint, HttpRequestMessage request, TimeSpan within, Func<HttpStatusCode, JsonElement, T> read, CancellationToken cancellation)
    {
        using var response = await SendAsync(endpoint, request, HttpCompletionOption.ResponseContentRead, within, cancellation);
        try
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            return read(response.StatusCode, json.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or JsonMismatchException)
        {
            throw Unreadable(endpoint, failure);
        }
    }

    /// <summary>The beginning of an answer that has no end of its own.</summary>
    public Task<HttpResponseMessage> OpenAsync(Uri endpoint, HttpRequestMessage request, TimeSpan within, CancellationToken cancellation) =>
        SendAsync(endpoint, request, HttpCompletionOption.ResponseHeadersRead, within, cancellation);

    public static ProtocolException Unreadable(Uri endpoint, Exception failure) =>
        new($"{endpoint} answered what cannot be read: {(failure is JsonMismatchException ? failure.Message : "it is not JSON")}", endpoint);

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri endpoint, HttpRequestMessage request, HttpCompletionOption completion, TimeSpan within, CancellationToken cancellation)
    {
        if (options.Token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        using var late = new CancellationTokenSource(within, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            var response = await _http.SendAsync(request, completion, either.Token);
            if (response.IsSuccessStatusCode) return response;
            using (response) throw await Problem.OfAsync(endpoint, response, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TroubleException(endpoint, $"did not answer within {Ranges.Words(within)}", mayHaveLanded: true);
        }
        // The pool does not wrap the failure of a connection that is gone as soon as it is there.
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new TroubleException(endpoint, Words(failure), mayHaveLanded: !NeverConnected(failure));
        }
    }

    private static bool NeverConnected(Exception failure) =>
        failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    private static string Words(Exception failure)
    {
        while (failure is HttpRequestException && failure.InnerException is { } inner) failure = inner;
        return $"cannot be talked to ({Shown.Quote(failure.Message.TrimEnd('.'))})";
    }

    private static SocketsHttpHandler Plain(ProverClientOptions options) => new()
    {
        AllowAutoRedirect = false,
        ConnectTimeout = options.ConnectTimeout,
        // So that a name is looked up again now and then.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
    };
}
