using System.Net;
using System.Net.Sockets;
using ProverCluster.Cli.Tests.BadInput;
using ProverCluster.Node;

namespace ProverCluster.Cli.Tests.Service;

/// <summary>./node as it is built: what it says, and how it ends. What it does in a cluster is told by Cluster.Processes.Tests.</summary>
[Collection(OneByOne.Name)]
public sealed class NodeProgramSpec : IDisposable
{
    private readonly NodeProgram _node = new();
    private readonly NodeProgram _second = new();

    public void Dispose()
    {
        _second.Dispose();
        _node.Dispose();
    }

    [Fact]
    public async Task A_node_should_say_what_it_is_and_leave_in_order_when_it_is_told_to_stop()
    {
        _node.Start("--port", "0", "--slots", "3");
        Assert.Matches(@"^node: 127\.0\.0\.1:\d+ is up: coordinator, prover; 3 slots for .*; (provers run in a|no) sandbox.*; ProverCluster \d", await _node.LineAsync());
        await _node.SignalAsync("TERM");
        Assert.EndsWith(" takes no more work, and leaves when its runs have ended; a second signal ends it at once", await _node.LineAsync());
        Assert.EndsWith(" has left", await _node.LineAsync());
        Assert.Equal(0, await _node.ExitAsync());
    }

    [Fact]
    public async Task A_node_with_HTTP_should_say_where_take_a_goal_and_leave_in_order()
    {
        _node.Start("--port", "0", "--http", "0");
        var said = await _node.LineAsync();
        Assert.Matches(@"^node: answers on http://127\.0\.0\.1:\d+/; goals that come in there are in memory only$", said);
        Assert.Contains(" is up: ", await _node.LineAsync());
        using var client = new HttpClient { BaseAddress = new Uri(said.Split(' ')[3].TrimEnd(';')) };
        Assert.Equal("{\"status\":\"ready\"}", await client.GetStringAsync("/health/ready"));
        using var goal = new StringContent("p cnf 1 1\nx 0\n");
        goal.Headers.ContentType = new("application/dimacs");
        using var answer = await client.PostAsync("/v1/goals?wait=true", goal);
        Assert.Contains("\"rejected\"", await answer.Content.ReadAsStringAsync());

        await _node.SignalAsync("TERM");
        Assert.Contains(" takes no more work", await _node.LineAsync());
        Assert.EndsWith(" has left", await _node.LineAsync());
        Assert.Equal(0, await _node.ExitAsync());
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task A_second_signal_should_end_it_at_once_and_leave_no_prover(string signal, int exit)
    {
        // Longer than anybody waits here.
        using var client = new HttpClient { BaseAddress = new Uri(await _node.StartWithHttpAsync("--config", await _node.WithPuppetAsync("drain.grace = 1h"))) };
        using var goal = new StringContent("c play: deaf children 1 sleep 1000\np cnf 1 1\n1 0\n");
        goal.Headers.ContentType = new("application/dimacs");
        using var accepted = await client.PostAsync($"/v1/goals?backends=puppet&timeout=1h&id=second-{signal}", goal);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var provers = ProverProcesses.OfGoal($"second-{signal}");
        await Eventually.True(() => provers.Look().Count >= 2, "the prover and its child live");

        await _node.SignalAsync(signal);
        Assert.EndsWith("; a second signal ends it at once", await _node.LineAsync());
        Assert.NotEmpty(provers.Look());
        await _node.SignalAsync(signal);
        Assert.Equal(exit, await _node.ExitAsync());
        await Eventually.True(() => provers.Look().Count == 0, "no prover is left");
    }

    [Fact]
    public async Task An_HTTP_port_that_is_taken_should_be_told_in_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        _node.Start("--port", "0", "--http", $"{port}");
        Assert.Matches($"^node: cannot answer on 127.0.0.1:{port}: .*; choose another port with --http$", await _node.LineAsync());
        Assert.Equal(3, await _node.ExitAsync());
    }

    [Fact]
    public async Task Listening_over_HTTP_for_other_machines_should_want_tokens_or_a_word_that_nobody_needs_one()
    {
        _node.Start("--port", "0", "--http", "0", "--http-host", "0.0.0.0");
        Assert.Equal(
            "node: http.host is '0.0.0.0', which is not this machine alone, but 127.0.0.1 is wanted where http.tokens names no file of tokens (--insecure lets everybody in)", await _node.LineAsync());
        Assert.Equal(3, await _node.ExitAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_should_be_told_in_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        _node.Start("--port", $"{port}");
        await IsTakenAsync(_node, port);
    }

    [Fact]
    public async Task A_second_node_on_the_port_of_the_first_should_be_refused_and_the_first_go_on()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        _node.Start("--port", $"{port}");
        Assert.StartsWith($"node: 127.0.0.1:{port} is up: ", await _node.LineAsync(), StringComparison.Ordinal);
        _second.Start("--port", $"{port}");
        await IsTakenAsync(_second, port);
        await _node.SignalAsync("TERM");
        Assert.Contains(" takes no more work", await _node.LineAsync());
        Assert.EndsWith(" has left", await _node.LineAsync());
        Assert.Equal(0, await _node.ExitAsync());
    }

    [Fact]
    public async Task An_address_of_another_machine_should_be_refused()
    {
        _node.Start("--host", "192.0.2.1", "--port", "0");
        Assert.Equal("node: 192.0.2.1 is not an address of this machine: choose one with --host", await _node.LineAsync());
        Assert.Equal(3, await _node.ExitAsync());
    }

    [Fact]
    public async Task Its_version_should_name_the_runtime()
    {
        _node.Start("--version");
        Assert.Matches(@"^ProverCluster \d+\.\d+\.\d+ \(.+\)\n$", await _node.Process.StandardOutput.ReadToEndAsync());
        Assert.Equal(0, await _node.ExitAsync());
    }

    private static async Task IsTakenAsync(NodeProgram node, int port)
    {
        Assert.Equal(
            ActorRuntime.HasNetwork
                ? $"node: port {port} of 127.0.0.1 is taken: another node, or another program, listens there; choose one with --port"
                : $"node: port {port} of 127.0.0.1 is taken: a build with this actor runtime ({ActorRuntime.Name}) serves one process of a machine, which no second node can join; end what listens there, or build with ACTOR_RUNTIME=akka",
            await node.LineAsync());
        Assert.Null(await node.Process.StandardError.ReadLineAsync());
        Assert.Equal(3, await node.ExitAsync());
    }
}
