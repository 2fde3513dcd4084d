using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProverCluster.Api;

/// <summary>Clients that are silent, slow or gone: the others are served meanwhile, and nothing of them is left behind.</summary>
public sealed class Odd_clients
{
    private const string Slow = "POST /v1/goals?backends=puppet HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dimacs\r\nContent-Length: 1000\r\n\r\n";

    [Fact]
    public async Task A_thousand_connections_that_send_nothing()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.max-connections = 1020");
        await node.IsWellAsync();
        var silent = new List<Socket>();
        for (var number = 0; number < 1000; number++)
            silent.Add(await ConnectAsync(node));
        await node.IsWellAsync();
        Assert.DoesNotContain(silent, IsClosed);

        // Beyond their number they are closed at once, and those that are there are served.
        for (var number = 0; number < 50; number++)
            silent.Add(await ConnectAsync(node));
        await Eventually.True(() => silent.Count(IsClosed) >= 30, "those beyond the bound are closed", instead: () => silent.Count(IsClosed));
        await node.IsWellAsync();

        silent.ForEach(each => each.Dispose());
        await Eventually.True(() => IsServedAsync(node).GetAwaiter().GetResult(), "their places are free again");
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Headers_that_come_byte_by_byte()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.header-timeout = 500ms");
        var talking = Enumerable.Range(0, 50).Select(_ => TrickleAsync(node, "", $"GET /v1/goals HTTP/1.1\r\nHost: {new string('x', 500)}", TimeSpan.FromMilliseconds(20))).ToArray();
        await node.IsWellAsync();
        Assert.All(await Task.WhenAll(talking), answer => Assert.StartsWith("HTTP/1.1 408", answer));
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Bodies_that_come_byte_by_byte()
    {
        await using var node = await ApiNode.StartAsync();
        var talking = Enumerable.Range(0, 20).Select(_ => TrickleAsync(node, Slow, new string('c', 1000), TimeSpan.FromMilliseconds(100))).ToArray();
        await Eventually.True(() => node.Server.Tools.Bodies.Taken >= 20 * 1000, "they are being read");
        await node.IsWellAsync();
        Assert.All(await Task.WhenAll(talking), answer => Assert.StartsWith("HTTP/1.1 408", answer));
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task A_body_that_comes_fast_and_then_stands_still()
    {
        await using var node = await ApiNode.StartAsync();
        using var socket = await ConnectAsync(node);
        await socket.SendAsync(Encoding.ASCII.GetBytes(Slow.Replace("1000", $"{2 << 20}")));
        await socket.SendAsync(new byte[1 << 20]);
        Assert.StartsWith("HTTP/1.1 408", await ToItsEndAsync(socket));
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Connections_that_say_nothing_are_closed()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.idle-timeout = 1s");
        using var silent = await ConnectAsync(node);
        Assert.Equal("", await ToItsEndAsync(silent));
        await node.IsWellAsync();
    }

    [Fact]
    public async Task Half_closed_connections()
    {
        await using var node = await ApiNode.StartAsync();
        var open = ApiNode.NewId();
        await node.PostAsync("sleep 1000", $"id={open}");
        foreach (var words in new[]
        {
            "", "GET /v1", Slow, Slow + "p cnf",
            $"GET /v1/goals/{open}/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /v1/goals:batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        })
        {
            using var socket = await ConnectAsync(node);
            await socket.SendAsync(Encoding.ASCII.GetBytes(words));
            socket.Shutdown(SocketShutdown.Send);
            Assert.DoesNotContain("bad-host", await ToItsEndAsync(socket));
        }

        // To watch is no interest, and to be gone is no withdrawal.
        Assert.Equal("open", (await node.GetAsync($"/v1/goals/{open}"))["state"]);
        await node.DeleteAsync($"/v1/goals/{open}");
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task A_reader_of_a_long_answer_that_takes_nothing_of_it()
    {
        await using var node = await ApiNode.StartAsync();
        var id = (await node.PostAsync("say sat print 24M", "wait=true&show-output=true"))["id"];
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4 << 10 };
        await socket.ConnectAsync(IPAddress.Loopback, node.Server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /v1/goals/{id} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        await Eventually.True(() => socket.Available > 0, "it is being answered");
        await node.IsWellAsync();
        socket.Dispose();
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Clients_that_disappear_in_mid_stream()
    {
        await using var node = await ApiNode.StartAsync();
        var (watched, followed) = (ApiNode.NewId(), ApiNode.NewId());
        await node.PostAsync("sleep 1000", $"id={watched}");
        var submission = ApiNode.Json("sleep 1000", followed);
        var readers = new List<Socket>();
        for (var number = 0; number < 40; number++)
        {
            var socket = await ConnectAsync(node);
            var request = number % 2 == 0
                ? $"GET /v1/goals/{watched}/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                : $"POST /v1/goals?wait=events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {submission.Length}\r\n\r\n{submission}";
            await socket.SendAsync(Encoding.ASCII.GetBytes(request));
            readers.Add(socket);
        }

        var (first, second) = (await ApiNode.RunsAsync(watched), await ApiNode.RunsAsync(followed));
        await Eventually.True(() => node.Server.Tools.Streams.Taken == 40, "all streams are open", instead: () => node.Server.Tools.Streams.Taken);
        // What they were told is unread in their buffers: these connections end with a reset.
        readers.ForEach(each => each.Dispose());
        await Eventually.True(() => second.Look().Count == 0, "the provers are gone of a goal that nobody follows any more");
        await Eventually.True(() => node.Server.Tools.Streams.Taken == 0, "all places are free", instead: () => node.Server.Tools.Streams.Taken);
        Assert.NotEmpty(first.Look());
        await node.DeleteAsync($"/v1/goals/{watched}");
        await Eventually.True(() => first.Look().Count == 0, "the provers are gone of a goal that was given up");
        await node.HasNothingLeftAsync();
    }

    private static async Task<Socket> ConnectAsync(ApiNode node)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, node.Server.Address.Port);
        return socket;
    }

    private static async Task<bool> IsServedAsync(ApiNode node)
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
    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    /// <summary>Sends the one at once and the other byte by byte, until there is an answer.</summary>
    private static async Task<string> TrickleAsync(ApiNode node, string atOnce, string slowly, TimeSpan pause)
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

    /// <summary>All that is said, until the connection ends.</summary>
    private static async Task<string> ToItsEndAsync(Socket socket)
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
