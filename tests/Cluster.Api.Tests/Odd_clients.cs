using System.Net.Sockets;
using System.Text;

namespace ProverCluster.Api;

/// <summary>Clients that are many, half gone or gone: the others are served meanwhile, and nothing of them is left behind.</summary>
public sealed class Odd_clients
{
    [Fact]
    public async Task A_thousand_connections_that_send_nothing()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.max-connections = 1020");
        await node.IsWellAsync();
        var silent = new List<Socket>();
        for (var number = 0; number < 1000; number++)
            silent.Add(await RawHttp.ConnectAsync(node));
        await node.IsWellAsync();
        Assert.DoesNotContain(silent, RawHttp.IsClosed);

        // Beyond their number they are closed at once, and those that are there are served.
        for (var number = 0; number < 50; number++)
            silent.Add(await RawHttp.ConnectAsync(node));
        await Eventually.True(() => silent.Count(RawHttp.IsClosed) >= 30, "those beyond the bound are closed", instead: () => silent.Count(RawHttp.IsClosed));
        await node.IsWellAsync();

        silent.ForEach(each => each.Dispose());
        await Eventually.True(() => RawHttp.IsServedAsync(node).GetAwaiter().GetResult(), "their places are free again");
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Half_closed_connections()
    {
        await using var node = await ApiNode.StartAsync();
        var open = ApiNode.NewId();
        await node.PostAsync("sleep 1000", $"id={open}");
        foreach (var words in new[]
        {
            "", "GET /v1", RawHttp.Submission, RawHttp.Submission + "p cnf",
            $"GET /v1/goals/{open}/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /v1/goals:batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        })
        {
            using var socket = await RawHttp.ConnectAsync(node);
            await socket.SendAsync(Encoding.ASCII.GetBytes(words));
            socket.Shutdown(SocketShutdown.Send);
            Assert.DoesNotContain("bad-host", await RawHttp.ToItsEndAsync(socket));
        }

        // To watch is no interest, and to be gone is no withdrawal.
        Assert.Equal("open", (await node.GetAsync($"/v1/goals/{open}"))["state"]);
        await node.DeleteAsync($"/v1/goals/{open}");
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
            var socket = await RawHttp.ConnectAsync(node);
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
}
