using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProverCluster.Api;

/// <summary>Clients that are silent or slow: the others are served meanwhile, and nothing of them is left behind.</summary>
public sealed class Slow_clients
{
    [Fact]
    public async Task Headers_that_come_byte_by_byte()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.header-timeout = 500ms");
        var talking = Enumerable.Range(0, 50).Select(_ => RawHttp.TrickleAsync(node, "", $"GET /v1/goals HTTP/1.1\r\nHost: {new string('x', 500)}", TimeSpan.FromMilliseconds(20))).ToArray();
        await node.IsWellAsync();
        Assert.All(await Task.WhenAll(talking), answer => Assert.StartsWith("HTTP/1.1 408", answer));
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Bodies_that_come_byte_by_byte()
    {
        await using var node = await ApiNode.StartAsync();
        var talking = Enumerable.Range(0, 20).Select(_ => RawHttp.TrickleAsync(node, RawHttp.Submission, new string('c', 1000), TimeSpan.FromMilliseconds(100))).ToArray();
        await Eventually.True(() => node.Server.Tools.Bodies.Taken >= 20 * 1000, "they are being read");
        await node.IsWellAsync();
        Assert.All(await Task.WhenAll(talking), answer => Assert.StartsWith("HTTP/1.1 408", answer));
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task A_body_that_comes_fast_and_then_stands_still()
    {
        await using var node = await ApiNode.StartAsync();
        using var socket = await RawHttp.ConnectAsync(node);
        await socket.SendAsync(Encoding.ASCII.GetBytes(RawHttp.Submission.Replace("1000", $"{2 << 20}")));
        await socket.SendAsync(new byte[1 << 20]);
        Assert.StartsWith("HTTP/1.1 408", await RawHttp.ToItsEndAsync(socket));
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Connections_that_say_nothing_are_closed()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.idle-timeout = 1s");
        using var silent = await RawHttp.ConnectAsync(node);
        Assert.Equal("", await RawHttp.ToItsEndAsync(silent));
        await node.IsWellAsync();
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
}
