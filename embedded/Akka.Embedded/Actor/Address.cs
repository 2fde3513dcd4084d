namespace Akka.Actor;

/// <summary>Where an actor system is: <c>akka://name</c>, or <c>akka.tcp://name@host:port</c> where others can reach it.</summary>
public sealed record Address
{
    public Address(string protocol, string system, string host = null, int? port = null) =>
        (Protocol, System, Host, Port) = (protocol, system, host?.ToLowerInvariant(), port);

    public string Protocol { get; }
    public string System { get; }
    public string Host { get; }
    public int? Port { get; }

    public static Address Parse(string address)
    {
        var parts = address.Split("://");
        if (parts.Length == 2 && parts[1].Length > 0 && !parts[1].Contains('/'))
        {
            var (at, colon) = (parts[1].IndexOf('@'), parts[1].LastIndexOf(':'));
            if (at < 0) return new Address(parts[0], parts[1]);
            if (colon > at && ushort.TryParse(parts[1].AsSpan(colon + 1), out var port)) return new Address(parts[0], parts[1][..at], parts[1][(at + 1)..colon], port);
        }
        throw new UriFormatException($"'{address}' is no address; akka.tcp://system@host:port is.");
    }

    public override string ToString() => Host is null ? $"{Protocol}://{System}" : $"{Protocol}://{System}@{Host}:{Port}";
}
