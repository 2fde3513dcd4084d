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

    [Fact]
    public void A_folder_should_be_looked_for_from_here_and_a_server_be_named_without_its_password()
    {
        var (folder, server) = (Read("--data", "a/../d").Store, Read("--store", "postgres://user:hush@db.example/goals").Store);
        Assert.Equal((Path.GetFullPath("d"), null, true), (folder.Folder, folder.Url, folder.IsForOneNode));
        Assert.Equal((null, "postgres://user@db.example:5432/goals", false), (server.Folder, server.Url?.ToString(), server.IsForOneNode));
        Assert.DoesNotContain("hush", server.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folder = d", "--store", "postgres://user@h/d", "postgres://user@h:5432/d")]
    [InlineData("url = \"postgres://user@h/d\"", "--data", "/e", "/e")]
    public void The_command_line_should_say_where_goals_are_kept_in_the_place_of_files(string store, string option, string value, string kept)
    {
        var settings = Read(NodeSettings.Read(SettingsFiles.LoadShipped().With("my.conf", $"prover-cluster.store {{ {store} }}")), option, value).Store;
        Assert.Equal(kept, $"{settings.Folder}{settings.Url}");
    }

    [Theory]
    [InlineData("--data", "cluster.port = 4060", "--data", "/d")]
    [InlineData("store.folder", "store.folder = d, cluster { seeds = [\"one:4051\"] }")]
    public void A_folder_should_not_go_with_a_place_that_a_file_gives_among_other_nodes(string keeper, string hocon, params string[] words)
    {
        var settings = NodeSettings.Read(SettingsFiles.LoadShipped().With("my.conf", $"prover-cluster {{ {hocon} }}"));
        Assert.Equal(
            $"{keeper} keeps goals in a folder, for one node alone, which the block cluster of a configuration file is not for: leave one of them out, or give all nodes one server with --store postgres://...",
            Assert.Throws<SettingsException>(() => Read(settings, words)).Message);
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
    [InlineData("--data is '', but the path of a folder is wanted", "--data", "")]
    [InlineData("--data and --store are both given, but one is wanted: a folder for one node alone, or a server for several", "--data", "d", "--store", "postgres://u@h/d")]
    [InlineData("--data keeps goals in a folder, for one node alone, which --port is not for: leave one of them out, or give all nodes one server with --store postgres://...", "--data", "d", "--port", "4051")]
    [InlineData("--data keeps goals in a folder, for one node alone, which --host is not for: leave one of them out, or give all nodes one server with --store postgres://...", "--data", "d", "--host", "10.0.0.7")]
    [InlineData("--data keeps goals in a folder, for one node alone, which --seed is not for: leave one of them out, or give all nodes one server with --store postgres://...", "--data", "d", "--seed", "one:4051")]
    [InlineData("--data keeps goals in a folder, for one node alone, which --roles is not for: leave one of them out, or give all nodes one server with --store postgres://...", "--data", "d", "--roles", "prover")]
    [InlineData("--store: it does not begin with postgres:// or cannot be read, but postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE, with '%' and two hexadecimal digits for what is special is wanted", "--store", "http://x:hush@h/d")]
    [InlineData("--store: it names no database, but postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE, with '%' and two hexadecimal digits for what is special is wanted", "--store", "postgres://x:hush@h")]
    [InlineData("'--stor=postgres://...' is not a known option (did you mean '--store'?)", "--stor=postgres://x:hush@h/d")]
    [InlineData("'postgres://...' is not a known option", "postgres://x:hush@h/d")]
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

    private static NodeSettings Read(NodeSettings settings, params string[] words)
    {
        var arguments = new NodeArguments(words);
        arguments.ReadFiles();
        return arguments.Lay(settings);
    }

    private static string Complaint(string[] words) => Assert.Throws<SettingsException>(() => Read(words)).Message;
}
