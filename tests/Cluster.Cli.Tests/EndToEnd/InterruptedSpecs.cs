using System.Diagnostics;
using System.Text.Json;
using Xunit.Abstractions;

namespace ProverCluster.Cli.Tests.EndToEnd;

/// <summary>Ctrl+C: the report is printed, of what finished and of what was withdrawn; within a second the program is gone with all its provers.</summary>
[Collection(nameof(Alone))]
public sealed class InterruptedSpecs(ITestOutputHelper output)
{
    private static TimeSpan Second => Busy.Promised(TimeSpan.FromSeconds(1));

    [RequiresTheory("bwrap")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public Task Interrupted_in_the_sandbox_it_reports_and_is_gone_within_a_second(string signal) => ReportsAsync(signal, sandboxed: true);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public Task Interrupted_without_a_sandbox_it_reports_and_is_gone_within_a_second(string signal) => ReportsAsync(signal, sandboxed: false);

    [Fact]
    public async Task The_table_of_an_interrupted_goal_says_of_every_run_how_it_was_ended()
    {
        using var prove = WithStubbornPuppets();
        prove.Start(Needs.Programs(["bwrap"]) is null, "--json", "--timeout", "100s", "--backends", "stubborn,family", prove.Goal("hard.cnf"));
        await prove.LiveAsync(6, "puppet");

        await LeavesAsync(prove, "INT");
        using var answer = JsonDocument.Parse(prove.Output);
        Assert.Equal("withdrawn", answer.RootElement.GetProperty("verdict").GetString());
        var runs = answer.RootElement.GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal(["stubborn", "family"], runs.Select(run => run.GetProperty("backend").GetString()));
        Assert.All(runs, run => Assert.Equal("withdrawn", run.GetProperty("outcome").GetString()));
        Assert.All(runs, run => Assert.Equal(JsonValueKind.Number, run.GetProperty("reapedMs").ValueKind));
    }

    [Fact]
    public async Task Interrupted_while_many_goals_race_it_is_gone_within_a_second()
    {
        using var prove = WithStubbornPuppets();
        var goals = Enumerable.Range(0, 40).Select(i => prove.Goal($"goal-{i}.cnf")).ToArray();
        prove.Start(false, ["--parallel", "40", "--slots", "8", "--timeout", "100s", "--backends", "stubborn,family", .. goals]);
        await prove.LiveAsync(20, "puppet");

        await LeavesAsync(prove, "INT");
        Assert.Equal(40, prove.Output.Split('\n').Count(line => line.StartsWith("withdrawn", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Interrupted_twice_it_leaves_at_once_also_if_nobody_reads_its_report()
    {
        using var prove = WithStubbornPuppets();
        // More than a pipe holds: the report cannot be written.
        var goals = Enumerable.Range(0, 600).Select(i => prove.Goal($"{new string('n', 200)}-{i}.cnf")).ToArray();
        prove.Start(false, reads: false, ["--json", "--timeout", "100s", "--backends", "stubborn,family", .. goals]);
        await prove.LiveAsync(6, "puppet");

        prove.Signal("INT");
        await prove.NothingLivesAsync(Second);
        var since = Stopwatch.StartNew();
        prove.Signal("INT");
        await prove.ExitAsync(Second / 2);
        output.WriteLine($"left {since.Elapsed.TotalMilliseconds:0} ms after the second signal");
        Assert.Equal(130, prove.Process.ExitCode);
        await prove.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Interrupted_once_it_leaves_within_a_second_also_if_nobody_reads_its_report()
    {
        using var prove = WithStubbornPuppets();
        var goals = Enumerable.Range(0, 600).Select(i => prove.Goal($"{new string('n', 200)}-{i}.cnf")).ToArray();
        prove.Start(false, reads: false, ["--json", "--timeout", "100s", "--backends", "stubborn,family", .. goals]);
        await prove.LiveAsync(6, "puppet");
        await LeavesAsync(prove, "INT");
        Assert.Equal(130, prove.Process.ExitCode);
    }

    private async Task ReportsAsync(string signal, bool sandboxed)
    {
        using var prove = WithStubbornPuppets();
        var goals = new[] { Quick(prove, "done.cnf"), prove.Goal("hard.cnf"), prove.Goal("waiting.cnf") };
        prove.Start(sandboxed, ["--parallel", "1", "--timeout", "100s", "--backends", "quick,stubborn,family", .. goals]);
        await prove.LiveAsync(6, "puppet");
        await Eventually.True(() => prove.Output.Contains("done.cnf", StringComparison.Ordinal), "the first goal is printed");

        await LeavesAsync(prove, signal);
        Assert.Equal(130, prove.Process.ExitCode);
        Assert.Collection(
            prove.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches("^proved .* quick .*done.cnf", line),
            line => Assert.Matches("^withdrawn .*hard.cnf", line),
            line => Assert.Matches("^withdrawn .*waiting.cnf", line));
    }

    private async Task LeavesAsync(ProveProgram prove, string signal)
    {
        var since = Stopwatch.StartNew();
        prove.Signal(signal);
        await prove.ExitAsync(Second);
        output.WriteLine($"SIG{signal}: gone after {since.Elapsed.TotalMilliseconds:0} ms");
        Assert.Empty(prove.Provers.Look());
        await prove.Process.WaitForExitAsync();
        await prove.NothingIsLeftAsync();
    }

    /// <summary>Two that do not end by themselves, with three processes each.</summary>
    private static ProveProgram WithStubbornPuppets() => new ProveProgram()
        .Puppet("stubborn", "deaf daemon children 1 sleep 1000")
        .Puppet("family", "wrapper deaf+children+1+sleep+1000");

    /// <summary>A goal that a third backend decides; it gives up on all others.</summary>
    private static string Quick(ProveProgram prove, string name)
    {
        prove.Backend("quick", "/bin/sh", "-c", "grep -q '^2 0' {goal} && echo unsat; true");
        return prove.Goal(name, "p cnf 2 1\n2 0\n");
    }
}
