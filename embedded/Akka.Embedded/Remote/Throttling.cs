namespace Akka.Remote.Transport;

/// <summary>Named in <c>akka.remote.dot-netty.tcp.applied-adapters</c>, it lets a test cut and slow links with <see cref="SetThrottle"/>.</summary>
public class ThrottleTransportAdapter
{
    internal const string Scheme = "trttl";
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
#pragma warning disable CS9113 // a bucket is full at first, whatever is said of that
public sealed class TokenBucket(int capacity, double tokensPerSecond, long nanoTimeOfLastSend, int availableTokens) : ThrottleMode
#pragma warning restore CS9113
{
    internal int Capacity { get; } = capacity;
    internal double TokensPerSecond { get; } = tokensPerSecond;
}

/// <summary>How a system treats its link to the one at an address, of which only host and port matter.</summary>
public sealed record SetThrottle(Address Address, ThrottleTransportAdapter.Direction Direction, ThrottleMode Mode);
