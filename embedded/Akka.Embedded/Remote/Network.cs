namespace Akka.Remote;

/// <summary>What stands in for the network: the systems of this process that others can reach, by host and port.</summary>
internal static class Network
{
    private static readonly ConcurrentDictionary<(string Host, int Port), InMemoryTransport> Bound = new();

    /// <summary>The first of the ports that no one registers.</summary>
    private static int s_lastAssigned = 49151;

    public static Address Bind(InMemoryTransport transport, Address wanted)
    {
        if (wanted.Port is not 0)
        {
            return Bound.TryAdd((wanted.Host, wanted.Port.Value), transport) ? wanted
                : throw new RemoteTransportException($"{wanted.Host}:{wanted.Port} is taken by another actor system of this process.");
        }
        Address assigned;
        do assigned = new Address(wanted.Protocol, wanted.System, wanted.Host, Interlocked.Increment(ref s_lastAssigned));
        while (!Bound.TryAdd((assigned.Host, assigned.Port.Value), transport));
        return assigned;
    }

    public static void Release(InMemoryTransport transport)
    {
        if (Bound.TryRemove(KeyValuePair.Create((transport.DefaultAddress.Host, transport.DefaultAddress.Port.Value), transport))) Announce();
    }

    public static InMemoryTransport At(Address address) =>
        Bound.TryGetValue((address.Host, address.Port ?? 0), out var there) && there.DefaultAddress == address ? there : null;

    /// <summary>Both ways: what hears no answer cannot tell which way was cut.</summary>
    public static bool Connected(InMemoryTransport one, InMemoryTransport other) =>
        one is not null && other is not null && At(one.DefaultAddress) == one && At(other.DefaultAddress) == other
        && one.Lets(other) && other.Lets(one);

    /// <summary>Someone came or went, or a link was cut or mended.</summary>
    public static void Announce()
    {
        foreach (var transport in Bound.Values) transport.NoticeChange();
    }
}
