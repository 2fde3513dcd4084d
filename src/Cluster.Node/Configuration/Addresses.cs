using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProverCluster.Node.Configuration;

/// <summary>A name or an address under which a node is known to the others.</summary>
public sealed class HostName : Allowed<string>
{
    public override string Wanted => "a host name or an IPv4 address that other nodes can reach, such as 127.0.0.1,";

    /// <summary>"All addresses" (0.0.0.0) is none that anybody could be reached by.</summary>
    public override bool TryRead(string text, out string value)
    {
        value = text;
        return Uri.CheckHostName(text) switch
        {
            UriHostNameType.IPv4 => text != IPAddress.Any.ToString(),
            UriHostNameType.Dns => !char.IsAsciiDigit(text[^1]),
            _ => false,
        };
    }
}

/// <summary>Where a node listens, as <c>host:port</c>.</summary>
public sealed class NodeAddress : Allowed<string>
{
    private static readonly CountRange Port = new(1, 65_535);

    public override string Wanted => "HOST:PORT of a node, such as 127.0.0.1:4051,";

    public override bool TryRead(string text, out string value)
    {
        value = text;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !Limits.Host.TryRead(text[..colon], out var host) || !Port.TryRead(text[(colon + 1)..], out var port)) return false;
        value = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        return true;
    }
}

/// <summary>Where a node listens for whoever is not a node. Who may come in there is another question, which needs all settings.</summary>
public sealed class ListenAddress : Allowed<string>
{
    public override string Wanted => "an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all that it has,";

    public override bool TryRead(string text, out string value)
    {
        value = text == "localhost" ? IPAddress.Loopback.ToString() : text;
        // "1" and "127.1" are addresses as well, which nobody has meant.
        return IPAddress.TryParse(value, out var address) && (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == value);
    }
}
