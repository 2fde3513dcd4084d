namespace Akka.Remote.Transport;

/// <summary>Named in <c>akka.remote.dot-netty.tcp.applied-adapters</c>, it lets a test cut links with <see cref="SetThrottle"/>.</summary>
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

/// <summary>How a system treats its link to the one at an address, of which only host and port matter.</summary>
public sealed class SetThrottle(Address address, ThrottleTransportAdapter.Direction direction, ThrottleMode mode)
{
    public Address Address { get; } = address;
    public ThrottleTransportAdapter.Direction Direction { get; } = direction;
    public ThrottleMode Mode { get; } = mode;
}
