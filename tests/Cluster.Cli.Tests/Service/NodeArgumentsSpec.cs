using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Service.Arguments;

namespace ProverCluster.Cli.Tests.Service;

public sealed class NodeArgumentsSpec
{
    [Fact]
    public void Nothing_should_leave_everything_to_the_configuration()
    {
        var settings = Read();
        Assert.Equal(("127.0.0.1", 4051), (settings.Place.Host, settings.Place.Port));
        Assert.Empty(settings.Place.Seeds);
        Assert.Equal(["coordinator", "prover"], settings.Place.Roles);
        Assert.Null(settings.Slots);
    }

    [Fact]
    public void Every_option_should_be_read()
    {
        var settings = Read("--host", "10.0.0.7", "--port", "0", "--roles", "prover", "--slots", "7");
        Assert.Equal(("10.0.0.7", 0, 7), (settings.Place.Host, settings.Place.Port, settings.Slots));
        Assert.Equal(["prover"], settings.Place.Roles);
    }

    [Fact]
    public void Seeds_should_be_read_where_other_processes_can_be_reached_and_else_refused()
    {
        string[] words = ["--seed", "one:4051", "--seed", "two.example.org:4052"];
        if (ActorRuntime.HasNetwork)
            Assert.Equal(["one:4051", "two.example.org:4052"], Read(words).Place.Seeds);
        else
            Assert.Equal($"this build's actor runtime ({ActorRuntime.Name}) cannot reach other processes: leave --seed out, or build with ACTOR_RUNTIME=akka", Complaint(words));
    }

    [Theory]
    [InlineData("--port is '65536', but a whole number from 0 to 65535 is wanted", "--port", "65536")]
    [InlineData("--host is '0.0.0.0', but a host name or an IPv4 address that other nodes can reach, such as 127.0.0.1 is wanted", "--host", "0.0.0.0")]
    [InlineData("--host is '300.1.1.1', but a host name or an IPv4 address that other nodes can reach, such as 127.0.0.1 is wanted", "--host", "300.1.1.1")]
    [InlineData("--seed is 'one', but HOST:PORT of a node, such as 127.0.0.1:4051 is wanted", "--seed", "one")]
    [InlineData("--seed is 'akka.tcp://x@one:1', but HOST:PORT of a node, such as 127.0.0.1:4051 is wanted", "--seed", "akka.tcp://x@one:1")]
    [InlineData("--roles is 'cook', but coordinator or prover is wanted", "--roles", "prover,cook")]
    [InlineData("--roles is '', but coordinator or prover is wanted", "--roles", "")]
    [InlineData("--slots is '0', but a whole number from 1 to 1024 is wanted", "--slots", "0")]
    [InlineData("--data is not available yet", "--data", "d")]
    [InlineData("--store is not available yet", "--store", "http://x")]
    [InlineData("'--sed' is not a known option (did you mean '--seed'?)", "--sed", "one:1")]
    [InlineData("'goal.smt2' is not a known option", "goal.smt2")]
    [InlineData("Required argument missing for option: '--port'", "--port")]
    public void What_cannot_be_should_be_told_in_one_sentence(string sentence, params string[] words) => Assert.Equal(sentence, Complaint(words));

    [Fact]
    public void Help_should_name_every_option()
    {
        Assert.All(new NodeSyntax().Options, option => Assert.Contains(option.Name, HelpText.Text));
        Assert.All(HelpText.Text.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    private static NodeSettings Read(params string[] words)
    {
        var arguments = new NodeArguments(words);
        return arguments.Lay(NodeSettings.Read(arguments.ReadFiles()));
    }

    private static string Complaint(string[] words) => Assert.Throws<SettingsException>(() => Read(words)).Message;
}
