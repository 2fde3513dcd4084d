using System.Net;
using Akka.Event;

namespace ProverCluster.Api.Access;

/// <summary>Says that tokens are presented that are nobody's, at most once in a minute: whoever guesses fills no log.</summary>
internal sealed class BadTokens(TimeProvider clock, ILoggingAdapter log)
{
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _counting = new();
    private int _count;
    private long? _saidAt;

    public void Count(IPAddress? from)
    {
        int count;
        lock (_counting)
        {
            _count++;
            if (_saidAt is { } saidAt && clock.GetElapsedTime(saidAt) < Pause)
                return;
            (count, _count, _saidAt) = (_count, 0, clock.GetTimestamp());
        }

        log.Warning("requests with a token that is nobody's since this was last said: {0}, the latest from {1}", count, from?.ToString() ?? "an unknown address");
    }
}
