using System.Diagnostics;
using System.Threading.Channels;
using Akka.Remote.Transport;

namespace Akka.Remote;

/// <summary>One end of a link, in one direction: lets through what its mode allows, in the order in which it was said.</summary>
internal sealed class Gate
{
    /// <summary>So soon a gate that holds something back sees that it is mended.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private readonly Channel<(int Size, Action Pass)> _waiting = Channel.CreateUnbounded<(int, Action)>();
    private volatile ThrottleMode _mode = Unthrottled.Instance;

    public Gate() => _ = LetThrough();
    public bool IsCut => _mode is Blackhole;

    /// <summary>What waits where all is lost is lost, too.</summary>
    public void Set(ThrottleMode mode)
    {
        _mode = mode;
        while (IsCut && _waiting.Reader.TryRead(out _)) { }
    }

    public void Enter(int size, Action pass)
    {
        if (!IsCut) _waiting.Writer.TryWrite((size, pass));
    }

    private async Task LetThrough()
    {
        var (filledFor, filledAt, tokens) = (_mode, 0L, 0.0);
        await foreach (var (size, pass) in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            while (_mode is TokenBucket bucket)
            {
                var now = Stopwatch.GetTimestamp();
                tokens = filledFor == bucket ? tokens + (Stopwatch.GetElapsedTime(filledAt, now).TotalSeconds * bucket.TokensPerSecond) : bucket.Capacity;
                (filledFor, filledAt, tokens) = (bucket, now, Math.Min(tokens, bucket.Capacity));
                // What is larger than the bucket goes when that is full, and those behind it wait the longer.
                if (tokens >= Math.Min(size, bucket.Capacity)) break;
                await Task.Delay(Glance).ConfigureAwait(false);
            }
            tokens -= size;
            if (!IsCut) pass();
        }
    }
}
