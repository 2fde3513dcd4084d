using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProverCluster.Bench.ClusterPreempt;

/// <summary>
/// A process of the peer: it passes a byte on, by sockets and a thread that blocks, and the last one waits for its next tick and prints when that was. There are no actors, no
/// serializer and no prover: this is what the machine itself takes for two hops and a tick.
/// </summary>
internal static class BareHop
{
    /// <summary>The benchmark starts itself under this name.</summary>
    public const string Word = "cluster-preempt-bare";

    /// <param name="tick">The pace of the last one, in milliseconds.</param>
    /// <param name="next">The port that it passes a byte on to; null if it is the last.</param>
    public static async Task<int> RunAsync(double tick, int? next)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await Console.Out.WriteLineAsync(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        Task gone = Task.Factory.StartNew(Console.In.ReadToEnd, TaskCreationOptions.LongRunning);
        await await Task.WhenAny(gone, Task.Factory.StartNew(() => Pass(listener, TimeSpan.FromMilliseconds(tick), next), TaskCreationOptions.LongRunning));
        return 0;
    }

    /// <summary>A socket of this machine's that waits for nothing to send along.</summary>
    public static TcpClient Connect(int port) => new("127.0.0.1", port) { NoDelay = true };

    private static void Pass(TcpListener listener, TimeSpan tick, int? next)
    {
        using var from = listener.AcceptTcpClient();
        using var to = next is { } port ? Connect(port) : null;
        using var never = new ManualResetEvent(false);
        var began = Stopwatch.GetTimestamp();
        while (from.GetStream().ReadByte() is >= 0 and var value)
        {
            if (to is not null)
            {
                to.GetStream().WriteByte((byte)value);
                continue;
            }

            var left = tick.TotalMilliseconds - Stopwatch.GetElapsedTime(began).TotalMilliseconds % tick.TotalMilliseconds;
            never.WaitOne((int)Math.Ceiling(left));
            Console.WriteLine(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        }
    }
}
