using ProverCluster.Cli.Arguments;
using ProverCluster.Client;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Cli.Tests.Arguments;

public sealed class ArgumentsSpec
{
    private static CallOptions Read(params string[] words) => new ProveArguments(words).Read();

    [Fact]
    public void Nothing_but_a_goal_should_leave_everything_to_the_configuration()
    {
        var options = Read("a.smt2");
        Assert.Equal(["a.smt2"], options.Goals);
        Assert.Equal((null, null, null, null), (options.Timeout, options.RunTimeout, options.MemoryBytes, options.Parallel));
        Assert.Equal((Strategy.Speculative, OutputKind.Human, null), (options.Strategy, options.Output, options.Language));
        Assert.Empty(options.Backends);
    }

    [Fact]
    public void Every_option_should_be_read()
    {
        var options = Read(
            "--language", "tptp", "--strategy", "best-of", "--backends", "z3,cvc5", "--timeout", "500ms", "--run-timeout=2m", "--memory", "1.5GiB",
            "--parallel", "0", "--slots", "7", "--json", "--runs", "--show-output", "--nodes", "64", "--priority", "-7", "--config", "a.conf", "--config", "b.conf",
            "--label", "a=b=c", "--label", "d=", "one.p", "two.p");
        Assert.Equal(GoalLanguage.Tptp, options.Language);
        Assert.Equal(Strategy.BestOf, options.Strategy);
        Assert.Equal(["z3", "cvc5"], options.Backends.Select(name => name.Value));
        Assert.Equal(TimeSpan.FromMilliseconds(500), options.Timeout);
        Assert.Equal(TimeSpan.FromMinutes(2), options.RunTimeout);
        Assert.Equal(3L << 29, options.MemoryBytes);
        Assert.Equal((0, 7), (options.Parallel, options.Slots));
        Assert.Equal((64, -7), (options.Nodes, options.Priority));
        Assert.Equal(OutputKind.Json, options.Output);
        Assert.True(options.ShowRuns && options.ShowOutput);
        Assert.Equal(["a.conf", "b.conf"], options.ConfigFiles);
        Assert.Equal([("a", "b=c"), ("d", "")], options.Labels.Select(label => (label.Key, label.Value)));
        Assert.Equal(["one.p", "two.p"], options.Goals);
    }

    [Fact]
    public void A_running_cluster_should_be_read()
    {
        var options = Read("--cluster", "http://a:1", "--cluster", "http://b:2", "--token-file", "token", "a.smt2");
        Assert.Equal(["http://a:1", "http://b:2"], options.Cluster);
        Assert.Equal("token", options.TokenFile);
    }

    [Theory]
    [InlineData("no goal is given: name files, folders, or - for standard input (--help says more)")]
    [InlineData("--timeout is '-1', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted", "--timeout", "-1", "a")]
    [InlineData("--timeout is '10', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted", "--timeout", "10", "a")]
    [InlineData("--timeout is '9ms', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted", "--timeout", "9ms", "a")]
    [InlineData("--timeout is '8d', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted", "--timeout", "8d", "a")]
    [InlineData("--timeout is '1e3s', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted", "--timeout", "1e3s", "a")]
    [InlineData("--timeout is '99999999999999999999999999999999d', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted", "--timeout", "99999999999999999999999999999999d", "a")]
    [InlineData("--timeout is '', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted", "--timeout", "", "a")]
    [InlineData("--run-timeout is '5x', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted", "--run-timeout", "5x", "a")]
    [InlineData("--memory is '2', but a size with its unit (B, KiB, MiB, GiB or TiB) from 16MiB to 1TiB is wanted", "--memory", "2", "a")]
    [InlineData("--memory is '1KiB', but a size with its unit (B, KiB, MiB, GiB or TiB) from 16MiB to 1TiB is wanted", "--memory", "1KiB", "a")]
    [InlineData("--parallel is '1000000', but a whole number from 0 to 1024 is wanted", "--parallel", "1000000", "a")]
    [InlineData("--parallel is '-1', but a whole number from 0 to 1024 is wanted", "--parallel", "-1", "a")]
    [InlineData("--parallel is '1.5', but a whole number from 0 to 1024 is wanted", "--parallel", "1.5", "a")]
    [InlineData("--slots is '0', but a whole number from 1 to 1024 is wanted", "--slots", "0", "a")]
    [InlineData("--language is 'coq', but smtlib2 or tptp or dimacs is wanted", "--language", "coq", "a")]
    [InlineData("--strategy is 'fastest', but speculative or sequential or best-of is wanted", "--strategy", "fastest", "a")]
    [InlineData("--strategy quorum is not available yet", "--strategy", "quorum", "a")]
    [InlineData("--format is 'xml', but solver is wanted", "--format", "xml", "a")]
    [InlineData("--json and --format solver cannot both be had", "--json", "--format", "solver", "a")]
    [InlineData("--backends is 'z3,,cvc5', but names of backends with commas between them are wanted, such as z3,cvc5", "--backends", "z3,,cvc5", "a")]
    [InlineData("--backends names z3 twice", "--backends", "z3,z3", "a")]
    [InlineData("--label is 'x', but KEY=VALUE is wanted", "--label", "x", "a")]
    [InlineData("--label: a label has a control character in it", "--label", "x=\u001b", "a")]
    [InlineData("--label says 'x' twice", "--label", "x=1", "--label", "x=2", "a")]
    [InlineData("--slots is for nodes in this process, and --cluster sends the goals to others", "--cluster", "http://x", "--slots", "3", "a")]
    [InlineData("--nodes is for nodes in this process, and --cluster sends the goals to others", "--cluster", "http://x", "--nodes", "3", "a")]
    [InlineData("--config is for nodes in this process, and --cluster sends the goals to others", "--cluster", "http://x", "--config", "c.conf", "a")]
    [InlineData("--token-file is for a running cluster: name it with --cluster", "--token-file", "t", "a")]
    [InlineData("--data is not available yet: nothing is kept between calls", "--data", "d", "a")]
    [InlineData("--nodes is '0', but a whole number from 1 to 64 is wanted", "--nodes", "0", "a")]
    [InlineData("--nodes is '65', but a whole number from 1 to 64 is wanted", "--nodes", "65", "a")]
    [InlineData("--priority is '101', but a whole number from -100 to 100 is wanted", "--priority", "101", "a")]
    [InlineData("standard input (-) is named twice, but can be read only once", "-", "-")]
    [InlineData("'--timeuot' is not a known option (did you mean '--timeout'?); a file of that name is given as './--timeuot'", "--timeuot", "5s", "a")]
    [InlineData("'--timeuot=5s' is not a known option (did you mean '--timeout'?); a file of that name is given as './--timeuot=5s'", "a", "--timeuot=5s")]
    [InlineData("'-rj' is not a known option; a file of that name is given as './-rj'", "-rj", "a")]
    [InlineData("Option '--timeout' expects a single argument but 2 were provided", "--timeout", "1s", "--timeout", "2s", "a")]
    [InlineData("Required argument missing for option: '--timeout'", "a", "--timeout")]
    public void What_cannot_be_should_be_told_in_one_sentence(string sentence, params string[] words)
    {
        var complaint = Assert.Throws<UsageException>(() => Read(words));
        Assert.Equal(sentence, complaint.Message);
    }

    [Theory]
    [InlineData("prove")]
    [InlineData("[suggest]")]
    [InlineData("@list")]
    [InlineData("true")]
    [InlineData("/h")]
    [InlineData("-")]
    [InlineData("a b'c\"d")]
    public void A_file_may_be_called_anything(string name)
    {
        Assert.Equal([name], Read(name).Goals);
        Assert.Equal([name], Read("--json", name).Goals);
    }

    [Fact]
    public void After_two_dashes_everything_should_be_a_goal() => Assert.Equal(["--json", "-x"], Read("--", "--json", "-x").Goals);

    [Fact]
    public void Help_should_name_every_option()
    {
        Assert.All(new ProveSyntax().Options, option => Assert.Contains(option.Name, HelpText.Text));
        Assert.All(HelpText.Text.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public void Help_should_win_over_whatever_else_is_wrong() => Assert.True(new ProveArguments(["--timeout", "x", "--help"]).WantsHelp);
}
