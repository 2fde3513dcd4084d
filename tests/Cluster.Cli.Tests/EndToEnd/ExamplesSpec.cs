using ProverCluster.Cli.Tests.BadInput;

namespace ProverCluster.Cli.Tests.EndToEnd;

/// <summary>The program itself as a user starts it, with real provers on the shipped examples.</summary>
[Collection(OneByOne.Name)]
public sealed class ExamplesSpec : IDisposable
{
    private readonly ProveProcess _prove = new();

    public void Dispose() => _prove.Dispose();

    [RequiresFact("z3", "eprover", "cadical")]
    public async Task Every_example_should_have_the_verdict_that_its_table_promises()
    {
        await _prove.RunAsync("--json", "--timeout", "60s", Promised.Examples);
        Promised.VerdictsAre(_prove);
    }

    [RequiresFact("z3", "eprover", "cadical")]
    public async Task Three_nodes_should_find_the_same_verdicts_and_share_the_runs()
    {
        await _prove.RunAsync("--nodes", "3", "--json", "--timeout", "60s", Promised.Examples);
        Promised.VerdictsAre(_prove);
        Assert.Equal(3, Promised.Answers(_prove).SelectMany(goal => goal.GetProperty("runs").EnumerateArray()).Select(run => run.GetProperty("node").GetString()).OfType<string>().Distinct().Count());
    }

    [RequiresFact("cadical")]
    public async Task The_table_of_runs_of_several_nodes_should_tell_the_node()
    {
        await _prove.RunAsync("--nodes", "2", "--runs", "--backends", "cadical", "--timeout", "60s", Path.Combine(Promised.Examples, "party-of-six.cnf"));
        Assert.Matches(@"backend +version +node +outcome", _prove.Output);
        Assert.Matches(@"cadical +\S+ +127\.0\.0\.1:\d+ +won", _prove.Output);
        Assert.Equal(("", 0), (_prove.Error, _prove.Code));
    }

    [RequiresFact("z3")]
    public async Task A_model_should_be_shown()
    {
        await _prove.RunAsync("--backends", "z3", "--format", "solver", "--show-output", Path.Combine(Promised.Examples, "average-may-overflow.smt2"));
        Assert.StartsWith("sat\n((low #x", _prove.Output);
        Assert.Equal(1, _prove.Code);
    }

    /// <summary>
    /// The reader closes the pipe after its first line, while thousands more are to come: far more than a pipe holds, so the program must meet the closed
    /// pipe; what it then says, and its exit value, the shell keeps.
    /// </summary>
    [Fact]
    public async Task A_reader_that_has_seen_enough_should_end_the_program_quietly()
    {
        const string shell = "list=$(seq -f /nowhere/%06g.smt2 20000); { \"$0\" --json $list 2>said; echo \"exit $?\" >&2; } | head -n 1; cat said >&2; rm said";
        await _prove.RunAsync("/bin/bash", ["-c", shell, BuiltProgram.Path]);
        Assert.StartsWith("""{"goal":"/nowhere/000001.smt2","verdict":"rejected",""", _prove.Output);
        Assert.Single(_prove.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var said = _prove.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("prove: no sandbox", StringComparison.Ordinal));
        // Rejected goals make it 3; a signal would make it 141, and a complaint about the pipe 4.
        Assert.Equal(["exit 3"], said);
    }
}
