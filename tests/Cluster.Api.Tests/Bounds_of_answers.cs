using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProverCluster.Api;

/// <summary>A long output takes room from whoever has it written until it is read, and where there is none the verdict stands.</summary>
public sealed class Bounds_of_answers
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public async Task A_long_output_takes_room_until_its_reader_has_it()
    {
        await using var node = await ApiNode.StartAsync();
        var id = (await node.PostAsync("say sat print 24M", "wait=true&show-output=true"))["id"];
        Assert.Equal(0, node.Server.Tools.Bodies.Taken);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4 << 10 };
        await socket.ConnectAsync(IPAddress.Loopback, node.Server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /v1/goals/{id} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        await Eventually.True(() => socket.Available > 0, "it is being answered");
        Assert.InRange(node.Server.Tools.Bodies.Taken, 24 * Mebibyte, 24 * 8 * Mebibyte);
        socket.Dispose();
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Without_room_for_an_output_its_goal_is_refused_and_a_story_or_a_batch_tells_the_verdict_alone()
    {
        const string play = "say sat print 2M";
        await using var node = await ApiNode.StartAsync("prover-cluster.http.max-bodies = 1MiB");
        var submission = ApiNode.Json(play, ApiNode.NewId(), ("show-output", true));
        var refused = await node.PostJsonAsync(submission, "wait=true");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "too-busy", "1"), (refused.Status, refused.Code, refused.Headers["Retry-After"]));

        var listed = Assert.Single((await node.GetAsync("/v1/goals")).Json.GetProperty("goals").EnumerateArray());
        var id = listed.GetProperty("id").GetString();
        Assert.Equal("too-busy", (await node.GetAsync($"/v1/goals/{id}")).Code);
        var batch = await node.SendAsync(HttpMethod.Post, "/v1/goals:batch", submission, "application/x-ndjson");
        foreach (var told in new[] { (await node.GetAsync($"/v1/goals/{id}/events")).Text, batch.Text })
        {
            Assert.Contains("\"verdict\":\"refuted\"", told);
            Assert.Contains("there was no room for it (http.max-bodies): ask for the goal by its id", told);
        }

        Assert.Equal("refuted", (await node.PostAsync(play, "wait=true"))["verdict"]);
    }
}
