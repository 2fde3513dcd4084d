using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProverCluster.Api.Fuzz;

/// <summary>Some bytes to a node, and what it says to them, over a connection of their own.</summary>
internal static class RawExchange
{
    /// <summary>How long the node may think about a request before we say that nothing more will come of it.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    /// <returns>All that was said; null if the node kept the connection although there was nothing to wait for.</returns>
    public static async Task<string?> SayAsync(int port, byte[] request, TimeSpan patience)
    {
        // Ended by a reset, so that a hundred thousand of them do not use up all ports.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var said = new StringBuilder();
        using var late = new CancellationTokenSource(patience);
        try
        {
            await socket.SendAsync(request, late.Token);
            await HearAsync(socket, said, late.Token);
        }
        catch (SocketException)
        {
            // It has seen enough.
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        return said.ToString();
    }

    private static async Task HearAsync(Socket socket, StringBuilder said, CancellationToken late)
    {
        var buffer = new byte[16 << 10];
        var hearing = socket.ReceiveAsync(buffer, late).AsTask();
        for (var isOver = false; ;)
        {
            if (!isOver && await Task.WhenAny(hearing, Task.Delay(Quiet, late)) != hearing)
            {
                socket.Shutdown(SocketShutdown.Send);
                isOver = true;
            }

            if (await hearing is not (> 0 and var count))
                return;
            said.Append(Encoding.Latin1.GetString(buffer, 0, count));
            hearing = socket.ReceiveAsync(buffer, late).AsTask();
        }
    }
}
