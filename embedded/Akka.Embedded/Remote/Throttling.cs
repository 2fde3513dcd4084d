namespace Akka.Remote.Transport;

/// <summary>Named in <c>akka.remote.dot-netty.tcp.applied-adapters</c>, it lets a test cut and slow links with <see cref="SetThrottle"/>.</summary>
public class ThrottleTransportAdapter
{
    public const string Scheme = "trttl";
    private ThrottleTransportAdapter() { }

    public enum Direction
    {
        Send,
        Receive,
        Both,
    }
}

public abstract class ThrottleMode
{
    private protected ThrottleMode() { }

    /// <summary>Asks for what so many bytes need: how to go on with them, or after how long to ask again.</summary>
    internal virtual (ThrottleMode Next, TimeSpan Wait) Take(long nanos, int tokens) => (this, TimeSpan.Zero);
}

/// <summary>Everything is lost.</summary>
public class Blackhole : ThrottleMode
{
    private Blackhole() { }
    public static Blackhole Instance { get; } = new();
}

/// <summary>Everything comes through.</summary>
public class Unthrottled : ThrottleMode
{
    private Unthrottled() { }
    public static Unthrottled Instance { get; } = new();
}

/// <summary>So many bytes a second come through, and after a silence up to the capacity at once. The rest waits, in its order.</summary>
public sealed class TokenBucket(int capacity, double tokensPerSecond, long nanoTimeOfLastSend, int availableTokens) : ThrottleMode
{
    internal override (ThrottleMode Next, TimeSpan Wait) Take(long nanos, int tokens)
    {
        var available = Math.Min(capacity, availableTokens + ((nanos - nanoTimeOfLastSend) / 1e9 * tokensPerSecond));
        // What is larger than the bucket goes when that is full, and those behind it wait the longer.
        var needed = Math.Min(tokens, capacity);
        return available < needed ? (this, TimeSpan.FromSeconds((needed - available) / tokensPerSecond))
            : (new TokenBucket(capacity, tokensPerSecond, nanos, (int)available - tokens), TimeSpan.Zero);
    }
}

/// <summary>How a system treats its link to the one at an address, of which only host and port matter.</summary>
public sealed class SetThrottle(Address address, ThrottleTransportAdapter.Direction direction, ThrottleMode mode)
{
    public Address Address { get; } = address;
    public ThrottleTransportAdapter.Direction Direction { get; } = direction;
    public ThrottleMode Mode { get; } = mode;
}
