using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ProverCluster.Api;

/// <summary>A connection over which a goal was submitted and its events come. To dispose it is to lose it.</summary>
internal sealed class Followed : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private Followed(HttpResponseMessage response, Stream stream) =>
        (_response, _events) = (response, SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator());

    public static async Task<Followed> StartAsync(ApiNode node, string json, string? last = null, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/goals?wait=events{query}") { Content = new StringContent(json) };
        request.Content.Headers.ContentType = new("application/json");
        if (last is not null)
            request.Headers.Add("Last-Event-ID", last);
        var response = await node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new Followed(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null at the end.</summary>
    public async Task<SseItem<string>?> NextAsync()
    {
        if (!await _events.MoveNextAsync())
            return null;
        if (_events.Current.EventType == "settled")
            Described.Check("Goal", JsonElement.Parse(_events.Current.Data));
        return _events.Current;
    }

    /// <summary>All that still come.</summary>
    public async Task<List<SseItem<string>>> RestAsync()
    {
        var rest = new List<SseItem<string>>();
        while (await NextAsync() is { } each)
            rest.Add(each);
        return rest;
    }

    public void Dispose() => _response.Dispose();
}
