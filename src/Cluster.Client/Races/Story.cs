using ProverCluster.Client.Http;

namespace ProverCluster.Client.Races;

/// <summary>
/// The events of one goal, each once, whatever becomes of connections and endpoints. A connection that is cut is taken up behind the last event. Another endpoint may
/// count its events differently, so it is heard from the beginning, and what was told before is left out.
/// </summary>
internal sealed class Story(Endpoints endpoints, Retries retries, Func<Uri, string?, CancellationToken, Task<EventStream>> open) : IAsyncDisposable
{
    private readonly HashSet<string> _told = [];
    private EventStream? _stream;
    private bool _streamHasTold;
    private Uri? _lastFrom;
    private string? _lastId;

    /// <summary>How the next connection is made: to which endpoint, and after which event of its.</summary>
    public Func<Uri, string?, CancellationToken, Task<EventStream>> Open { private get; set; } = open;

    /// <summary>The next event.</summary>
    /// <exception cref="UnknownGoalException">The cluster does not know the goal.</exception>
    public async Task<RaceEvent> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                _stream ??= await OpenAsync(cancellation);
                if (await NextNewAsync(_stream, cancellation) is { } what) return what;
                throw new TroubleException(_stream.Endpoint, "ended its events before the goal was settled");
            }
            catch (TroubleException trouble)
            {
                var isWorthAnother = _streamHasTold;
                await CloseAsync();
                if (isWorthAnother) continue;
                // What comes after the last event may be another story by now, and may have come to its end before that.
                _lastFrom = null;
                endpoints.Leave(trouble.Endpoint);
                await retries.AfterAsync(trouble, cancellation);
            }
            catch
            {
                // A stream lives only as long as the token it was opened with.
                await CloseAsync();
                throw;
            }
        }
    }

    public ValueTask DisposeAsync() => CloseAsync();

    private async Task<EventStream> OpenAsync(CancellationToken cancellation)
    {
        var endpoint = endpoints.Current;
        var stream = await Open(endpoint, endpoint == _lastFrom ? _lastId : null, cancellation);
        retries.Answered();
        return stream;
    }

    private async Task<RaceEvent?> NextNewAsync(EventStream stream, CancellationToken cancellation)
    {
        while (await stream.NextAsync(cancellation) is { } what)
        {
            if (stream.LastId is not null) (_lastFrom, _lastId) = (stream.Endpoint, stream.LastId);
            if (!_told.Add(Key(what))) continue;
            _streamHasTold = true;
            retries.Succeeded();
            return what;
        }

        return null;
    }

    private async ValueTask CloseAsync()
    {
        _streamHasTold = false;
        if (_stream is not { } stream) return;
        _stream = null;
        await stream.DisposeAsync();
    }

    private static string Key(RaceEvent what) => what switch
    {
        RaceEvent.RunStarted started => $"started {started.Run}",
        RaceEvent.RunEnded ended => $"ended {ended.Row.Run}",
        _ => what.GetType().Name,
    };
}
