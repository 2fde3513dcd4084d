using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProverCluster.Api;

/// <summary>Whatever ends the last interest in a goal ends its provers.</summary>
public sealed class Withdrawing(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private readonly ApiNode _node = alone.Node;

    [Fact]
    public async Task A_DELETE_ends_the_provers_and_the_goal_is_withdrawn()
    {
        var id = ApiNode.NewId();
        await _node.PostAsync("sleep 1000", $"id={id}");
        var processes = await ApiNode.RunsAsync(id);

        var answer = await _node.DeleteAsync($"/v1/goals/{id}");
        Assert.Equal((HttpStatusCode.Accepted, "open"), (answer.Status, answer["state"]));
        await Eventually.True(() => processes.Look().Count == 0, "its provers are gone");
        Assert.Equal("withdrawn", (await _node.SettledAsync(id)).GetProperty("verdict").GetString());

        var again = await _node.DeleteAsync($"/v1/goals/{id}");
        Assert.Equal((HttpStatusCode.OK, "withdrawn"), (again.Status, again["verdict"]));
    }

    [Fact]
    public async Task A_connection_that_is_given_up_ends_the_provers()
    {
        var id = ApiNode.NewId();
        using var giveUp = new CancellationTokenSource();
        var waiting = _node.PostAsync("sleep 1000", $"id={id}&wait=true", giveUp.Token);
        var processes = await ApiNode.RunsAsync(id);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Eventually.True(() => processes.Look().Count == 0, "its provers are gone");
        Assert.Equal("withdrawn", (await _node.SettledAsync(id)).GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_is_killed_or_closes_its_half_of_the_connection_ends_the_provers(bool isHalf)
    {
        var id = ApiNode.NewId();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, _node.Server.Address.Port);
        var text = ApiNode.Goal("sleep 1000");
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/goals?backends=puppet&wait=true&id={id} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dimacs\r\nContent-Length: {text.Length}\r\n\r\n{text}"));
        var processes = await ApiNode.RunsAsync(id);

        if (isHalf)
            socket.Shutdown(SocketShutdown.Send);
        else
            // As the kernel does for a process that is gone.
            socket.Close();
        await Eventually.True(() => processes.Look().Count == 0, "its provers are gone");
    }

    [Fact]
    public async Task As_long_as_somebody_is_interested_the_goal_is_raced()
    {
        var json = ApiNode.Json("sleep 1000", ApiNode.NewId());
        var id = System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("id").GetString()!;
        using var giveUp = new CancellationTokenSource();
        var waiting = _node.PostJsonAsync(json, "wait=true", giveUp.Token);
        await _node.PostJsonAsync(json);
        var processes = await ApiNode.RunsAsync(id);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal("open", (await _node.GetAsync($"/v1/goals/{id}"))["state"]);
        Assert.NotEmpty(processes.Look());

        await _node.DeleteAsync($"/v1/goals/{id}");
        await Eventually.True(() => processes.Look().Count == 0, "its provers are gone");
    }

    [Fact]
    public async Task A_goal_that_was_given_up_is_raced_anew_for_whoever_submits_it_again()
    {
        var json = ApiNode.Json("await say unsat", ApiNode.NewId());
        var id = System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("id").GetString()!;
        for (var times = 0; times < 5; times++)
        {
            using var giveUp = new CancellationTokenSource();
            var waiting = _node.PostJsonAsync(json, "wait=true", giveUp.Token);
            await ApiNode.RunsAsync(id);
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        var last = await ApiNode.CallAsync(id, _node.PostJsonAsync(json, "wait=true"));
        Assert.Equal("proved", last["verdict"]);
    }
}
