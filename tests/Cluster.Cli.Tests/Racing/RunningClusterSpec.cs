using ProverCluster.Client;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Tests.Racing;

/// <summary>With <c>--cluster</c> the goals go elsewhere, and all else is the same.</summary>
public sealed class RunningClusterSpec : IDisposable
{
    private const string Address = "http://127.0.0.1:8081";

    private readonly ProveHarness _prove = new();

    public void Dispose() => _prove.Dispose();

    [Fact]
    public async Task Goals_should_be_proved_by_the_cluster_and_no_node_be_started()
    {
        _prove.Cluster.Result = (id, name) => new ProveResult(
            name.EndsWith("b.smt2", StringComparison.Ordinal) ? Stories.Refuted(FakeCluster.Goal(id, name)) : Stories.Proved(FakeCluster.Goal(id, name)), IsCached: false);
        Assert.Equal(1, await _prove.RunAsync("--cluster", Address, "--cluster", "http://127.0.0.1:8082", _prove.File("a.smt2"), _prove.File("b.smt2")));
        Assert.Equal("proved       12.0 ms  z3       a.smt2\nrefuted      12.0 ms  z3       b.smt2\n", _prove.Shown(_prove.Output));
        Assert.Equal([Address, "http://127.0.0.1:8082"], _prove.Connected!.Endpoints);
        Assert.Null(_prove.Settings);
        Assert.Equal(2, _prove.Cluster.Disposals);
    }

    [Fact]
    public async Task What_is_not_said_should_be_left_to_the_cluster()
    {
        Assert.Equal(0, await _prove.RunAsync("--cluster", Address, _prove.File("a.smt2")));
        var asked = _prove.Cluster.Asked.Single().Options!;
        Assert.Equal((null, null, null, null), (asked.Timeout, asked.RunTimeout, asked.Memory, asked.Priority));
        Assert.Equal(0, await _prove.RunAsync("--cluster", Address, "--timeout", "9s", "--memory", "1GiB", "--priority", "3", _prove.File("b.smt2")));
        asked = _prove.Cluster.Asked.Last().Options!;
        Assert.Equal((TimeSpan.FromSeconds(9), 1L << 30, 3), (asked.Timeout, asked.Memory, asked.Priority));
    }

    [Fact]
    public async Task The_token_should_come_from_its_file_or_else_from_the_variable()
    {
        Assert.Equal(0, await _prove.RunAsync("--cluster", Address, "--token-file", _prove.File("token", "0123456789abcdef\n"), _prove.File("a.smt2")));
        Assert.Equal("0123456789abcdef", _prove.Connected!.Token);
        _prove.Variables["PROVE_TOKEN"] = "fedcba9876543210";
        Assert.Equal(0, await _prove.RunAsync("--cluster", Address, _prove.File("a.smt2")));
        Assert.Equal("fedcba9876543210", _prove.Connected!.Token);
    }

    [Fact]
    public async Task A_cluster_that_is_lost_should_be_waited_for_once_and_not_by_every_goal()
    {
        _prove.Cluster.Fails = new ClusterUnreachableException("the cluster cannot be reached: it is gone");
        Assert.Equal(4, await _prove.RunAsync("--cluster", Address, "--parallel", "1", _prove.File("a.smt2"), _prove.File("b.smt2"), _prove.File("c.smt2")));
        Assert.All(_prove.Lines, line => Assert.Matches("^unknown .*: the cluster cannot be reached: it is gone$", line));
        Assert.Equal((3, 1), (_prove.Lines.Length, _prove.Cluster.Asked.Count));
    }

    [Fact]
    public async Task What_the_cluster_refuses_should_be_a_rejected_goal()
    {
        _prove.Cluster.Fails = new RequestRefusedException("'z4' is not a known backend");
        Assert.Equal(3, await _prove.RunAsync("--cluster", Address, "--backends", "z4", _prove.File("a.smt2")));
        Assert.Matches("^rejected .*a.smt2: 'z4' is not a known backend$", Assert.Single(_prove.Lines));
    }

    [Fact]
    public async Task A_goal_that_is_withdrawn_should_be_printed_with_its_story()
    {
        _prove.Cluster.Result = (id, name) =>
        {
            _prove.Interrupts!.Interrupt();
            throw new GoalWithdrawnException(id, true, new ProveResult(Stories.Withdrawn(FakeCluster.Goal(id, name)), false), _prove.Interrupts.Withdraw);
        };
        Assert.Equal(130, await _prove.RunAsync("--cluster", Address, _prove.File("a.smt2")));
        Assert.Matches($"^{Verdict.Withdrawn.Word()} .*a.smt2: interrupted$", Assert.Single(_prove.Lines));
    }
}
