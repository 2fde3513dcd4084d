using System.Net.ServerSentEvents;
using System.Text.Json;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;

namespace ProverCluster.Client.Http;

/// <summary>One connection over which a goal's events come.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    public const string ContentType = "text/event-stream";

    private readonly GoalId _goal;
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<RaceEvent?>> _items;

    private EventStream(Uri endpoint, GoalId goal, HttpResponseMessage response, Stream stream, CancellationToken cancellation)
    {
        Endpoint = endpoint;
        _goal = goal;
        _response = response;
        _items = SseParser.Create(stream, Read).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
    }

    public Uri Endpoint { get; }

    /// <summary>The event that came last; null before there was one.</summary>
    public string? LastId { get; private set; }

    public static async Task<EventStream> OpenAsync(Uri endpoint, GoalId goal, HttpResponseMessage response, ProverClientOptions options, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentType?.MediaType == ContentType)
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellation);
            return new EventStream(endpoint, goal, response, new WatchedStream(stream, options.StreamSilence, options.Time), cancellation);
        }

        response.Dispose();
        throw new ProtocolException($"{endpoint} answered with something else where the events of a goal were wanted", endpoint);
    }

    /// <summary>The next event that is known here; null at the end.</summary>
    /// <exception cref="TroubleException">The connection is gone.</exception>
    public async Task<RaceEvent?> NextAsync(CancellationToken cancellation)
    {
        try
        {
            while (await _items.MoveNextAsync())
            {
                if (IsNumber(_items.Current.EventId)) LastId = _items.Current.EventId;
                if (_items.Current.Data is { } what) return what;
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new TroubleException(Endpoint, $"broke off its events ({Shown.Quote(failure.Message.TrimEnd('.'))})");
        }
        catch (Exception failure) when (failure is JsonException or JsonMismatchException)
        {
            throw Exchange.Unreadable(Endpoint, failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // First the connection: the parser would wait for what it still has to say.
        _response.Dispose();
        await _items.DisposeAsync();
    }

    // Events count from 1. It becomes a header of the next request, so nothing else may stand in it.
    private static bool IsNumber(string? id) => id is { Length: > 0 and <= 10 } && id.All(char.IsAsciiDigit);

    private RaceEvent? Read(string type, ReadOnlySpan<byte> data)
    {
        if (!GoalEventJson.Names.Contains(type)) return null;
        using var json = JsonDocument.Parse(data.ToArray());
        var what = type == GoalEventJson.Settled ? Settled(json.RootElement) : RaceEvent.Of(GoalEventJson.Read(type, json.RootElement));
        return what is null || what.Goal == _goal ? what : throw new JsonMismatchException("it tells of another goal");
    }

    private static RaceEvent.Settled Settled(JsonElement json)
    {
        var view = GoalJson.Read(json);
        var answer = view.Answer ?? throw new JsonMismatchException("the goal of the settled event is not settled");
        return new RaceEvent.Settled(view.Id, new ProveResult(answer, view.IsCached));
    }
}
