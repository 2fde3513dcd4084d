using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProverCluster.Api;

/// <summary>A client that does not keep to what a library does.</summary>
internal static class RawHttp
{
    /// <summary>The head of a goal that has a thousand bytes.</summary>
    public const string Submission = "POST /v1/goals?backends=puppet HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dimacs\r\nContent-Length: 1000\r\n\r\n";

    public static async Task<Socket> ConnectAsync(ApiNode node)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, node.Server.Address.Port);
        return socket;
    }

    public static async Task<bool> IsServedAsync(ApiNode node)
    {
        using var socket = await ConnectAsync(node);
        try
        {
            await socket.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        }
        catch (SocketException)
        {
            // It was closed at once.
        }

        return (await ToItsEndAsync(socket)).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
    }

    /// <summary>Whether the other side has closed it.</summary>
    public static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    /// <summary>Sends the one at once and the other byte by byte, until there is an answer.</summary>
    public static async Task<string> TrickleAsync(ApiNode node, string atOnce, string slowly, TimeSpan pause)
    {
        using var socket = await ConnectAsync(node);
        await socket.SendAsync(Encoding.ASCII.GetBytes(atOnce));
        try
        {
            foreach (var letter in Encoding.ASCII.GetBytes(slowly).TakeWhile(_ => !socket.Poll(0, SelectMode.SelectRead)))
            {
                await socket.SendAsync(new[] { letter });
                await Task.Delay(pause);
            }
        }
        catch (SocketException)
        {
            // It has been closed meanwhile.
        }

        return await ToItsEndAsync(socket);
    }

    /// <summary>Sends all of it, unless the other side ends the connection before.</summary>
    public static async Task SendAsFarAsItGoesAsync(Socket socket, byte[] bytes)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length;)
                sent += await socket.SendAsync(bytes.AsMemory(sent));
        }
        catch (SocketException)
        {
            // Who refuses it need not read it.
        }
    }

    /// <summary>All that is said, until the connection ends.</summary>
    public static async Task<string> ToItsEndAsync(Socket socket)
    {
        var (said, buffer) = (new StringBuilder(), new byte[4096]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var count)
                said.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            // A reset is an end, too.
        }

        return said.ToString();
    }
}
