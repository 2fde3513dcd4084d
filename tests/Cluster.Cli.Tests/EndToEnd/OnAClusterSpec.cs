using System.Text.RegularExpressions;
using ProverCluster.Cli.Tests.BadInput;
using ProverCluster.Cli.Tests.Service;

namespace ProverCluster.Cli.Tests.EndToEnd;

/// <summary>The program as a user starts it, and a node beside it that was started with <c>./node --http</c>.</summary>
[Collection(OneByOne.Name)]
public sealed class OnAClusterSpec : IDisposable
{
    private const string NeverEnds =
        """
        prover-cluster.backends.patient {
          languages = [dimacs]
          executable = "/bin/sleep"
          arguments = ["1000"]
          reading { proved = "unsat", refuted = "sat" }
        }
        prover-cluster.drain.grace = 0s
        """;

    private readonly NodeProgram _node = new();
    private readonly ProveProcess _prove = new();

    public void Dispose()
    {
        _node.Dispose();
        _prove.Dispose();
    }

    [RequiresFact("z3", "eprover", "cadical")]
    public async Task Every_example_should_have_the_verdict_that_its_table_promises_and_be_known_afterwards()
    {
        var address = await _node.StartWithHttpAsync();
        await _prove.RunAsync("--cluster", address, "--json", "--timeout", "60s", Promised.Examples);
        Promised.VerdictsAre(_prove);
        Assert.Equal("", _prove.Error);
        var count = Promised.Answers(_prove).Count();

        await _prove.RunAsync("status", "--cluster", address);
        var goals = _prove.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((count, 0), (goals.Length, _prove.Code));
        var id = goals[0].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[3];

        await _prove.RunAsync("watch", id, "--cluster", address);
        Assert.Contains("accepted, raced by ", _prove.Output);
        Assert.Contains("settled: ", _prove.Output);

        await _prove.RunAsync("backends", "--cluster", address);
        Assert.Matches(@"^127\.0\.0\.1:\d+: \d+ of \d+ slots free, 0 goals wait\n", _prove.Output);
        Assert.Contains("  eprover ", _prove.Output);
    }

    [Fact]
    public async Task A_goal_that_never_ends_should_be_withdrawn_by_its_name()
    {
        var address = await WithPatienceAsync();
        await _prove.RunAsync("status", "patience", "--cluster", address);
        Assert.Matches("^open .* patience\n$", _prove.Output);
        await _prove.RunAsync("withdraw", "patience", "--cluster", address);
        Assert.Equal(0, _prove.Code);
        await _prove.RunAsync("watch", "patience", "--cluster", address);
        Assert.Matches("settled: withdrawn", _prove.Output);
        Assert.Equal(2, _prove.Code);
    }

    [Fact]
    public async Task What_goes_on_should_be_seen_and_its_node_be_let_go()
    {
        var address = await WithPatienceAsync();
        await RunAsync("members");
        var name = Regex.Match(_prove.Output, @"^node  .*\n(127\.0\.0\.1:\d+) \*  up      coordinator, http, prover  .*\n$");
        Assert.True(name.Success, _prove.Output);
        // A process is there a moment before it is known as the run's.
        await Eventually.True(() => RunAsync("runs").ContinueWith(_ => Regex.IsMatch(_prove.Output, @" \d+\n$")).GetAwaiter().GetResult(), "its process is shown");
        Assert.Matches($@"^{name.Groups[1]}\n  run .*\n  patience/\d+/patient/1  patient  running .* \d+\n$", _prove.Output);
        await RunAsync("shards");
        Assert.Matches(@"\nrecords +\d+  127\.0\.0\.1:\d+ +1\n", _prove.Output);
        await RunAsync("tree", "/user/agent");
        Assert.Matches(@"\n/user/agent .*\n  \S+ +ProverRunnerActor  running +\d+  00:00:\d\d  patience/\d+/patient/1\n", _prove.Output);

        await RunAsync("leave", name.Groups[1].Value);
        Assert.Equal($"{name.Groups[1]} drains, and leaves when its runs have ended\n", _prove.Output);
        Assert.Equal(0, await _node.ExitAsync());

        async Task RunAsync(params string[] words)
        {
            await _prove.RunAsync(["cluster", .. words, "--cluster", address]);
            Assert.Equal(("", 0), (_prove.Error, _prove.Code));
        }
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_should_be_told_soon()
    {
        await _prove.RunAsync("--cluster", "http://127.0.0.1:9", "good.smt2");
        Assert.Matches("^prove: the cluster cannot be reached: http://127.0.0.1:9/ .*\n$", _prove.Error);
        Assert.Equal(("", 4), (_prove.Output, _prove.Code));
    }

    /// <summary>A node that has begun to run a goal of that name, which never ends; its address.</summary>
    private async Task<string> WithPatienceAsync()
    {
        var config = Path.Combine(_node.Folder, "patient.conf");
        await File.WriteAllTextAsync(config, NeverEnds);
        var address = await _node.StartWithHttpAsync("--config", config);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var goal = new StringContent("p cnf 1 1\n1 0\n");
        goal.Headers.ContentType = new("application/dimacs");
        (await client.PostAsync("/v1/goals?id=patience&backends=patient&timeout=100s", goal)).EnsureSuccessStatusCode();
        await Eventually.True(() => ProverProcesses.OfGoal("patience").Look().Count > 0, "it runs");
        return address;
    }
}
