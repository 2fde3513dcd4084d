using System.Net;
using System.Net.Sockets;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;

namespace ProverCluster.Service;

/// <summary>Whether the node can listen where it is to: asked before it starts, so that the answer is one sentence.</summary>
internal static class ListenCheck
{
    /// <summary>What holds the place from now on: on a runtime that does not listen, this does, or a second node would think it is the first.</summary>
    /// <exception cref="SettingsException">The address is not of this machine, or another program has the port.</exception>
    public static async Task<IDisposable?> TakeAsync(ClusterPlace place)
    {
        // With no option of its own: on Linux .NET binds past the connections of a former node, which linger for a minute, and not past one that listens.
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(place.Host, AddressFamily.InterNetwork);
            socket.Bind(new IPEndPoint(addresses.First(), place.Port));
            // One that is only bound keeps nobody off.
            if (!ActorRuntime.HasNetwork) socket.Listen();
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            socket.Dispose();
            throw new SettingsException(Sentence(place, (e as SocketException)?.SocketErrorCode ?? SocketError.HostNotFound));
        }

        if (!ActorRuntime.HasNetwork) return socket;
        socket.Dispose();
        return null;
    }

    private static string Sentence(ClusterPlace place, SocketError error) => error switch
    {
        // Another port would make it a second cluster, which nobody hears of.
        SocketError.AddressAlreadyInUse when !ActorRuntime.HasNetwork =>
            $"port {place.Port} of {place.Host} is taken: a build with this actor runtime ({ActorRuntime.Name}) serves one process of a machine, which no second node can join; end what listens there, or build with ACTOR_RUNTIME=akka",
        SocketError.AddressAlreadyInUse => $"port {place.Port} of {place.Host} is taken: another node, or another program, listens there; choose one with --port",
        SocketError.AddressNotAvailable => $"{place.Host} is not an address of this machine: choose one with --host",
        SocketError.AccessDenied => $"port {place.Port} is not for ordinary users: choose one above 1023 with --port",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"{place.Host} is not known as a host: give its IPv4 address with --host",
        _ => $"cannot listen on {place.Host}:{place.Port}: {error}",
    };
}
