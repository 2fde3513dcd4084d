using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProverCluster.Api;

/// <summary>What the interface holds is bounded, and whoever is beyond a bound is told so while the others are served.</summary>
public sealed class Bounds
{
    private static readonly byte[] TooLong = [.. Enumerable.Repeat((byte)'c', 65 << 20)];

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_also_if_it_does_not_say_so_before()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.max-body = 64KiB");
        var text = new string('c', 65 << 10);
        Assert.Equal("too-large", (await node.SendAsync(HttpMethod.Post, "/v1/goals", text, "application/dimacs")).Code);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/v1/goals") { Content = new StringContent(text), Headers = { TransferEncodingChunked = true } };
        chunked.Content.Headers.ContentType = new("application/dimacs");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await node.Client.SendAsync(chunked)).StatusCode);

        var batch = await node.SendAsync(HttpMethod.Post, "/v1/goals:batch", $"{ApiNode.Json("say sat")}\n{text}", "application/x-ndjson");
        Assert.Contains("too-large", batch.Text.Split('\n')[1]);
        await IsWellAsync(node);
    }

    /// <summary>The limit as it is shipped. Whoever says how long it is is refused before it is read, and may still be sending when the connection ends.</summary>
    [Fact]
    public async Task A_body_that_is_said_to_have_65_MiB_is_refused_and_the_node_is_well_after_it()
    {
        await using var node = await ApiNode.StartAsync();
        for (var times = 0; times < 3; times++)
        {
            using var socket = await RawHttp.ConnectAsync(node);
            var head = RawHttp.Submission.Replace("1000", $"{TooLong.Length}\r\nConnection: close", StringComparison.Ordinal);
            await socket.SendAsync(Encoding.ASCII.GetBytes(head));
            var sending = RawHttp.SendAsFarAsItGoesAsync(socket, TooLong);
            var answer = await RawHttp.ToItsEndAsync(socket);
            await sending;
            Assert.StartsWith("HTTP/1.1 413", answer);
            Assert.Contains("too-large", answer);
        }

        await node.HasNothingLeftAsync();
    }

    /// <summary>The same of a body whose length nobody knows: it is refused when as much has come as may.</summary>
    [Fact]
    public async Task A_body_in_chunks_of_65_MiB_is_refused_and_the_node_is_well_after_it()
    {
        await using var node = await ApiNode.StartAsync();
        for (var times = 0; times < 3; times++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/goals") { Content = new ByteArrayContent(TooLong) };
            request.Content.Headers.ContentType = new("application/dimacs");
            request.Headers.TransferEncodingChunked = true;
            var answer = await node.SendAsync(request);
            Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), (answer.Status, answer.Code));
        }

        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Bodies_take_no_more_room_than_there_is()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.max-bodies = 1MiB");
        var answer = await node.SendAsync(HttpMethod.Post, "/v1/goals", new string('c', 2 << 20), "application/dimacs");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "too-busy", "1"), (answer.Status, answer.Code, answer.Headers["Retry-After"]));
        await IsWellAsync(node);
    }

    [Fact]
    public async Task A_body_takes_room_by_what_has_come_of_it_and_not_by_what_was_told()
    {
        await using var node = await ApiNode.StartAsync();
        var clients = new List<Socket>();
        for (var number = 0; number < 20; number++)
            clients.Add(await SayAsync(node, "POST /v1/goals HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dimacs\r\nContent-Length: 67000000\r\n\r\np cnf"));
        await Eventually.True(() => node.Server.Tools.Bodies.Taken == 20 * (16 << 10), "all are being read", instead: () => node.Server.Tools.Bodies.Taken);
        await IsWellAsync(node);
        clients.ForEach(each => each.Dispose());
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Requests_beyond_their_number_are_refused_and_health_is_not()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.max-requests = 1");
        using var slow = await SayAsync(node, "POST /v1/goals HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dimacs\r\nContent-Length: 1000\r\n\r\np cnf");
        await Eventually.True(() => node.Server.Tools.Bodies.Taken > 0, "it is being read");

        Assert.Equal("too-busy", (await node.GetAsync("/v1/goals")).Code);
        Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/health/live")).Status);
        slow.Dispose();
        await Eventually.True(() => node.GetAsync("/v1/goals").GetAwaiter().GetResult().Status == HttpStatusCode.OK, "there is room again");
    }

    [Fact]
    public async Task Open_goals_beyond_their_number_are_refused_until_one_is_settled()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.records.most-open = 1");
        var id = ApiNode.NewId();
        await node.PostAsync("sleep 1000", $"id={id}");
        var refused = await node.PostAsync("say unsat", "wait=true");
        Assert.Equal((HttpStatusCode.TooManyRequests, "queue-full", "1"), (refused.Status, refused.Code, refused.Headers["Retry-After"]));

        await node.DeleteAsync($"/v1/goals/{id}");
        await node.SettledAsync(id);
        Assert.Equal("proved", (await node.PostAsync("say unsat", "wait=true"))["verdict"]);
    }

    [Fact]
    public async Task Texts_of_open_goals_beyond_their_bytes_are_refused_until_one_is_settled()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.records.most-open-text = 1MiB");
        var id = ApiNode.NewId();
        Assert.Equal(HttpStatusCode.Accepted, (await PostLongAsync(node, "sleep 1000", $"id={id}")).Status);
        var refused = await PostLongAsync(node, "say unsat", "wait=true");
        Assert.Equal((HttpStatusCode.TooManyRequests, "queue-full", "1"), (refused.Status, refused.Code, refused.Headers["Retry-After"]));
        await IsWellAsync(node);

        await node.DeleteAsync($"/v1/goals/{id}");
        await node.SettledAsync(id);
        Assert.Equal("proved", (await PostLongAsync(node, "say unsat", "wait=true"))["verdict"]);
    }

    [Fact]
    public async Task A_request_line_that_is_too_long_is_refused_without_a_body()
    {
        await using var node = await ApiNode.StartAsync();
        IsSaidWithoutABody(414, await TalkAsync(node, $"GET /v1/goals?after={new string('x', 9 << 10)} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    [Fact]
    public async Task Requests_that_stay_are_refused_beyond_a_number_of_their_own_and_keep_no_others_out()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http { max-requests = 2, max-streams = 4 }");
        string[] ids = [ApiNode.NewId(), ApiNode.NewId(), ApiNode.NewId()];
        using var giveUp = new CancellationTokenSource();
        var waiting = node.PostAsync("sleep 1000", $"id={ids[0]}&wait=true", giveUp.Token);
        using var followed = await Followed.StartAsync(node, ApiNode.Json("sleep 1000", ids[1]));
        using var batch = await OpenBatch.BeginAsync(node.Server.Address);
        await batch.SayAsync(ApiNode.Json("sleep 1000", ids[2]));
        foreach (var id in ids)
            await ApiNode.RunsAsync(id);
        using var watched = await node.Client.GetAsync($"/v1/goals/{ids[0]}/events", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal("too-busy", (await node.GetAsync($"/v1/goals/{ids[0]}/events")).Code);
        foreach (var wait in new[] { "true", "events" })
            Assert.Equal("too-busy", (await node.PostAsync("say unsat", $"wait={wait}")).Code);
        Assert.Equal("too-busy", (await node.SendAsync(HttpMethod.Post, "/v1/goals:batch", "", "application/x-ndjson")).Code);
        Assert.Equal(HttpStatusCode.Accepted, (await node.PostAsync("say unsat", "wait=false")).Status);
        Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/health/ready")).Status);
        // Whoever follows is given up by it, and not whoever waits.
        foreach (var (id, status) in ids.Skip(1).Zip([HttpStatusCode.Accepted, HttpStatusCode.OK]))
            Assert.Equal(status, (await node.DeleteAsync($"/v1/goals/{id}")).Status);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Eventually.True(() => node.Server.Tools.Streams.Taken < 4, "there is room again");
    }

    [Fact]
    public async Task Settled_goals_beyond_their_number_and_age_are_forgotten()
    {
        await using var node = await ApiNode.StartAsync(change: settings => settings with { Records = settings.Records with { KeepMost = 2 } });
        var ids = new List<string>();
        for (var number = 0; number < 4; number++)
            ids.Add((await node.PostAsync("say unsat", "wait=true"))["id"]!);
        await Eventually.True(() => Known(node, ids) == 2, "two are left", instead: () => Known(node, ids));
        Assert.Equal("unknown-goal", (await node.GetAsync($"/v1/goals/{ids[0]}")).Code);
        Assert.Equal("proved", (await node.GetAsync($"/v1/goals/{ids[3]}"))["verdict"]);

        await using var forgetful = await ApiNode.StartAsync(change: settings => settings with { Records = settings.Records with { KeepFor = TimeSpan.Zero } });
        var forgotten = (await forgetful.PostAsync("say unsat", "wait=true"))["id"]!;
        await Eventually.True(() => Known(forgetful, [forgotten]) == 0, "it is forgotten");
    }

    [Fact]
    public async Task Headers_that_are_too_large_and_connections_that_say_nothing_end_by_themselves()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http { header-timeout = 300ms, max-headers = 4KiB }");
        IsSaidWithoutABody(431, await TalkAsync(node, $"GET /v1/goals HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 5 << 10)}\r\n\r\n"));
        IsSaidWithoutABody(408, await TalkAsync(node, "GET /v1/goals HTTP/1.1\r\nHost: "));
        IsSaidWithoutABody(400, await TalkAsync(node, "what is this\r\n\r\n"));
        IsSaidWithoutABody(505, await TalkAsync(node, "GET /v1/goals HTTP/9.9\r\nHost: localhost\r\n\r\n"));
        await IsWellAsync(node);
    }

    [Fact]
    public async Task A_body_that_stops_coming_is_too_slow()
    {
        await using var node = await ApiNode.StartAsync();
        var answer = await TalkAsync(node, "POST /v1/goals HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dimacs\r\nContent-Length: 1000\r\n\r\np cnf");
        Assert.StartsWith("HTTP/1.1 408", answer);
        Assert.Contains("too-slow", answer);
    }

    private static void IsSaidWithoutABody(int status, string answer)
    {
        Assert.Contains(status, Described.ByTheServer);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.Contains("\r\nContent-Length: 0\r\n", answer);
        Assert.EndsWith("\r\n\r\n", answer);
    }

    /// <summary>With a text of 600 KiB.</summary>
    private static Task<Answer> PostLongAsync(ApiNode node, string play, string query) => node.SendAsync(
        HttpMethod.Post, $"/v1/goals?backends=puppet&{query}", ApiNode.Goal(play).Replace("p cnf", $"c {new string('x', 600 << 10)}\np cnf"), "application/dimacs");

    private static int Known(ApiNode node, IEnumerable<string> ids) =>
        ids.Count(id => node.GetAsync($"/v1/goals/{id}").GetAwaiter().GetResult().Status == HttpStatusCode.OK);

    private static async Task IsWellAsync(ApiNode node) => Assert.Equal("proved", (await node.PostAsync("say unsat", "wait=true"))["verdict"]);

    private static async Task<string> TalkAsync(ApiNode node, string words)
    {
        using var socket = await SayAsync(node, words);
        return await ReadAsync(socket);
    }

    private static async Task<Socket> SayAsync(ApiNode node, string words)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, node.Server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(words));
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }
}
