using System.Net;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Api.Access;

/// <summary>Says that tokens are presented that are nobody's, at most once in a minute: whoever guesses fills no log.</summary>
internal sealed class BadTokens(TimeProvider clock, NodeLog log)
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

        log.Tell(LogLines.BadTokens(count, from));
    }
}
