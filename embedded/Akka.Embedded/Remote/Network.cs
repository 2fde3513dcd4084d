namespace Akka.Remote;

/// <summary>What stands in for the network: the systems of this process that others can reach, by host and port.</summary>
internal static class Network
{
    private static readonly ConcurrentDictionary<(string Host, int Port), InMemoryTransport> Bound = new();

    /// <summary>The first of the ports that no one registers.</summary>
    private static int s_lastAssigned = 49151;

    /// <summary>Port 0 stands for one that is free.</summary>
    public static Address Bind(InMemoryTransport transport, Address wanted)
    {
        while (true)
        {
            var port = wanted.Port is > 0 and var asked ? asked : Interlocked.Increment(ref s_lastAssigned);
            if (Bound.TryAdd((wanted.Host, port), transport)) return new Address(wanted.Protocol, wanted.System, wanted.Host, port);
            if (wanted.Port == port) throw new InvalidOperationException($"{wanted.Host}:{port} is taken by another actor system of this process.");
        }
    }

    public static void Release(InMemoryTransport transport)
    {
        if (Bound.TryRemove(KeyValuePair.Create((transport.Address.Host, transport.Address.Port.Value), transport))) Announce();
    }

    public static InMemoryTransport At(Address address) =>
        Bound.TryGetValue((address.Host, address.Port ?? 0), out var there) && there.Address == address ? there : null;

    /// <summary>Both ways: what hears no answer cannot tell which way was cut.</summary>
    public static bool Connected(InMemoryTransport one, InMemoryTransport other) =>
        one is not null && other is not null && At(one.Address) == one && At(other.Address) == other && one.Lets(other) && other.Lets(one);

    /// <summary>Someone came or went, or a link was cut or mended.</summary>
    public static void Announce()
    {
        foreach (var transport in Bound.Values) transport.NoticeChange();
    }
}
