using ProverCluster.Messages.Goals;

namespace ProverCluster.Cli.Tests.Racing;

public sealed class ExitCodesSpec
{
    [Theory]
    [InlineData(0, "proved", "proved")]
    [InlineData(1, "proved", "refuted")]
    [InlineData(2, "refuted", "unknown", "proved")]
    [InlineData(3, "unknown", "rejected", "refuted")]
    [InlineData(4, "rejected", "failed", "unknown")]
    public async Task The_highest_that_applies_should_be_the_exit_value(int expected, params string[] stories)
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = Story } };
        var files = stories.Select((story, i) => story == "rejected" ? prove.File($"{i}.smt2", "(") : prove.File($"{i}-{story}.smt2")).ToArray();
        Assert.Equal(expected, await prove.RunAsync(files));
        Assert.Equal(stories.Length, prove.Lines.Length);
    }

    [Fact]
    public async Task A_failing_node_should_not_keep_the_other_goals_from_their_answers()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = Story } };
        Assert.Equal(4, await prove.RunAsync(prove.File("0-failed.smt2"), prove.File("1-proved.smt2")));
        Assert.EndsWith("0-failed.smt2: the node failed: the sky fell", prove.Lines[0]);
        Assert.StartsWith("proved", prove.Lines[1]);
    }

    [Fact]
    public async Task A_node_that_does_not_start_should_be_told_in_one_sentence()
    {
        using var prove = new ProveHarness { StartFails = new InvalidOperationException("no sandbox\nhere") };
        Assert.Equal(4, await prove.RunAsync(prove.File("a.smt2")));
        Assert.Equal("prove: the node did not start: no sandbox\\nhere", prove.Sentence);
        Assert.Empty(prove.Lines);
    }

    [Fact]
    public async Task A_node_that_does_not_stop_should_be_told_after_the_results()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Dispose = () => Task.FromException(new InvalidOperationException("stuck")) } };
        Assert.Equal(4, await prove.RunAsync(prove.File("a.smt2")));
        Assert.Equal("prove: the node did not stop: stuck", prove.Sentence);
        Assert.Single(prove.Lines);
    }

    [Fact]
    public async Task Notices_should_stand_on_standard_error_only()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Notices = ["no sandbox on this machine"] } };
        Assert.Equal(0, await prove.RunAsync(prove.File("a.smt2")));
        Assert.Equal("prove: no sandbox on this machine", prove.Sentence);
        Assert.Single(prove.Lines);
    }

    [Fact]
    public async Task Bad_usage_should_start_nothing()
    {
        using var prove = new ProveHarness();
        Assert.Equal(3, await prove.RunAsync("--backends", "z4", prove.File("a.smt2")));
        Assert.StartsWith("prove: --backends names 'z4', which is not a known backend (did you mean 'z3'?); known are z3, cvc5, ", prove.Sentence);
        Assert.Null(prove.Settings);
    }

    [Fact]
    public async Task A_wrong_configuration_should_be_told_with_file_and_key()
    {
        using var prove = new ProveHarness();
        var config = prove.File("my.conf", "prover-cluster.goals.timeuot = 5s\n");
        Assert.Equal(3, await prove.RunAsync("--config", config, prove.File("a.smt2")));
        Assert.Equal($"prove: {config}: prover-cluster.goals.timeuot is not a known key (did you mean 'timeout'?)", prove.Sentence);
    }

    [Fact]
    public async Task The_command_line_should_win_over_files_and_later_files_over_earlier_ones()
    {
        using var prove = new ProveHarness();
        var one = prove.File("1.conf", "prover-cluster { goals.timeout = 5s, slots = 3, runs.memory = 1GiB }");
        var two = prove.File("2.conf", "prover-cluster { goals.timeout = 6s, slots = 4 }");
        Assert.Equal(0, await prove.RunAsync("--config", one, "--config", two, "--slots", "5", prove.File("a.smt2")));
        Assert.Equal((5, 1L << 30), (prove.Settings!.Slots, prove.Settings.Runs.MemoryBytes));
        var limits = prove.Races.Goals.Single().Limits;
        Assert.Equal((TimeSpan.FromSeconds(6), 1L << 30), (limits.Timeout, limits.MemoryBytes));
    }

    [Fact]
    public async Task What_the_command_line_says_of_a_goal_should_be_said_of_the_goal()
    {
        using var prove = new ProveHarness();
        Assert.Equal(0, await prove.RunAsync(
            "--timeout", "7s", "--run-timeout", "2s", "--memory", "1GiB", "--priority", "5", "--strategy", "best-of", "--backends", "cvc5,z3", "--label", "k=v", "--show-output",
            prove.File("a.smt2")));
        var goal = prove.Races.Goals.Single();
        Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(2), 1L << 30), (goal.Limits.Timeout, goal.Limits.RunTimeout!.Value, goal.Limits.MemoryBytes));
        Assert.Equal((Strategy.BestOf, 5, true, "v"), (goal.Strategy, goal.Priority, goal.KeepOutput, goal.Labels["k"]));
        Assert.Equal(["cvc5", "z3"], goal.Backends.Select(name => name.Value));
    }

    [Theory]
    [InlineData("--help", "Races provers for goals")]
    [InlineData("--version", "ProverCluster 0.1.0 (")]
    public async Task Help_and_version_should_need_nothing(string option, string beginning)
    {
        using var prove = new ProveHarness();
        Assert.Equal(0, await prove.RunAsync(option));
        Assert.StartsWith(beginning, prove.Output.ToString());
        Assert.Empty(prove.Sentence);
    }

    private static GoalAnswer Story(Goal goal) => goal.Name.Split('-')[^1] switch
    {
        "refuted.smt2" => Stories.Refuted(goal),
        "unknown.smt2" => Stories.Undecided(goal),
        "failed.smt2" => throw new InvalidOperationException("the sky fell"),
        _ => Stories.Proved(goal),
    };
}
