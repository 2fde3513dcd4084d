using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ProverCluster.Bench.Cluster;

namespace ProverCluster.Bench.Http;

/// <summary>What a stream of events costs in memory while nothing happens. A node of its own: what others have left behind would be counted.</summary>
internal static class IdleStreams
{
    private const int WarmUp = 200;
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(2);

    public static async Task<StreamFigures> MeasureAsync(int count)
    {
        await using var node = await HttpNodeProcess.StartAsync();
        var id = await SubmitAsync(node.Address);
        (await OpenAsync(node.Address, id, WarmUp)).ForEach(stream => stream.Dispose());
        await Task.Delay(s_settling);
        var before = await node.MemoryAsync();
        var streams = await OpenAsync(node.Address, id, count);
        await Task.Delay(s_settling);
        var after = await node.MemoryAsync();
        streams.ForEach(stream => stream.Dispose());
        return new StreamFigures(count, KiB(after.Heap - before.Heap), KiB(after.Resident - before.Resident));

        double KiB(double bytes) => Math.Round(bytes / 1024 / count, 1);
    }

    /// <summary>A goal that never ends.</summary>
    private static async Task<string> SubmitAsync(Uri node)
    {
        using var http = new HttpClient();
        using var content = new StringContent("p cnf 1 1\n1 0\n");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/dimacs");
        using var answer = await http.PostAsync(new Uri(node, $"/v1/goals?id=for-ever&timeout=1h&backends={TimedCatalogue.Loser(0)}"), content);
        return answer.IsSuccessStatusCode ? "for-ever" : throw new BenchRefusal(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Each has heard of the goal's acceptance, and of its run's start, when this returns.</summary>
    private static async Task<List<Socket>> OpenAsync(Uri node, string id, int count)
    {
        var streams = new List<Socket>();
        var request = Encoding.ASCII.GetBytes($"GET /v1/goals/{id}/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        for (var number = 0; number < count; number++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            streams.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, node.Port);
            await socket.SendAsync(request);
            var (said, buffer) = ("", new byte[4096]);
            while (!said.Contains("run-started", StringComparison.Ordinal))
            {
                var heard = await socket.ReceiveAsync(buffer);
                said += heard > 0 ? Encoding.ASCII.GetString(buffer, 0, heard) : throw new BenchRefusal($"a stream was refused: {said}");
            }
        }
        return streams;
    }
}

/// <param name="Streams">How many.</param>
/// <param name="HeapKiB">On the node's heap after a collection, for each.</param>
/// <param name="ResidentKiB">In the node's process, for each.</param>
internal sealed record StreamFigures(int Streams, double HeapKiB, double ResidentKiB);
