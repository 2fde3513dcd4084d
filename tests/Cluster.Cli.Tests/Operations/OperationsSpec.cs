using ProverCluster.Cli.Arguments;
using ProverCluster.Cli.Operations;
using ProverCluster.Client;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Cli.Tests.Operations;

public sealed class OperationsSpec : IDisposable
{
    private static readonly RunId Run = RunId.Parse("g1/7/z3/1");
    private static readonly MemberView First = new("10.0.0.7:4051", ["coordinator", "prover"], "up", true, true, new NodeAnswers.Described("10.0.0.7:4051", "1.0.0", "Akka.NET 1.5.73", new TimeSpan(1, 2, 3, 4, 5)));
    private static readonly MemberView Lost = new("10.0.0.8:4051", ["prover"], "up", false, false, null);

    private readonly ProveHarness _prove = new();

    private FakeOperations Cluster => _prove.Cluster.Operations;

    public void Dispose() => _prove.Dispose();

    [Fact]
    public async Task Members_should_be_a_line_each_and_who_is_silent_is_named()
    {
        Cluster.Members = new MembersView(First.Node, [First, Lost], [Lost.Node]);
        Assert.Equal(4, await _prove.RunAsync("cluster", "members"));
        Assert.Equal(
            [
                "node             status            roles                       age  version  runtime",
                "10.0.0.7:4051 *  up                coordinator, prover  1.02:03:04  1.0.0    Akka.NET 1.5.73",
                "10.0.0.8:4051    up, out of reach  prover                        -  -        -",
            ],
            _prove.Lines);
        Assert.Equal("prove: 10.0.0.8:4051 has not answered", _prove.Sentence);
        Assert.Equal(["http://127.0.0.1:8081"], _prove.Connected!.Endpoints);
    }

    [Fact]
    public async Task Shards_should_be_a_line_each()
    {
        Cluster.Shards = new ShardsView([new ShardView("goals", "17", "a:1", 3), new ShardView("records", "4", "b:1", null)], []);
        Assert.Equal(0, await _prove.RunAsync("cluster", "shards"));
        Assert.Equal(["region   shard  node  entities", "goals       17  a:1          3", "records      4  b:1          -"], _prove.Lines);
    }

    [Fact]
    public async Task Runs_should_be_those_of_every_node_that_has_provers_as_far_as_they_answer()
    {
        var silent = First with { Node = "10.0.0.9:4051" };
        Cluster.Members = new MembersView(First.Node, [First, Lost, silent, First with { Node = "c:1", Roles = ["coordinator"] }], []);
        Cluster.Runs[First.Node] =
        [
            new RunView(Run, Run.Backend, RunStage.Running, Stories.Ms(1200), new RunUse([4711, 4713], Stories.Ms(1180), 28 << 20, 0, Stories.Ms(0.3), Stories.Ms(4.1))),
            new RunView(null, Run.Backend, RunStage.Fetching, Stories.Ms(1), null),
        ];
        Assert.Equal(4, await _prove.RunAsync("cluster", "runs"));
        Assert.Equal(
            [
                "10.0.0.7:4051",
                "  run          backend  state        age     cpu    memory  tick late   worst  processes",
                "  g1/7/z3/1    z3       running   1.20 s  1.18 s  28.0 MiB     0.3 ms  4.1 ms  4711 4713",
                "  (another's)  z3       fetching  1.0 ms       -         -          -       -  -",
            ],
            _prove.Lines);
        Assert.Equal("prove: 10.0.0.8:4051, 10.0.0.9:4051 have not answered", _prove.Sentence);
    }

    [Fact]
    public async Task The_tree_should_be_as_the_actors_are_and_asked_for_as_the_user_says()
    {
        Cluster.Tree = new ActorTreeView(
            "a:1",
            "/user/agent",
            [new ActorView("/user/agent", "NodeAgentActor", 0, 1, new ActorWords("working", TimeSpan.FromSeconds(90))), new ActorView("/user/agent/g1-7-z3-1", "ProverRunnerActor", 12, 0, new ActorWords("running", TimeSpan.Zero, Run.Goal, Run))],
            IsTruncated: true);
        Assert.Equal(0, await _prove.RunAsync("cluster", "tree", "/user/agent", "--node", "a:1", "--depth", "3", "--limit", "2"));
        Assert.Equal(new ActorQuery { Node = "a:1", Path = "/user/agent", Depth = 3, Limit = 2 }, Cluster.Asked);
        Assert.Equal(
            [
                "a:1",
                "actor        kind               state    mailbox       age  serves",
                "/user/agent  NodeAgentActor     working        0  00:01:30  -",
                "  g1-7-z3-1  ProverRunnerActor  running       12  00:00:00  g1/7/z3/1",
            ],
            _prove.Lines);
        Assert.Equal("prove: there are more than 2: ask for a higher --limit, or a path further down", _prove.Sentence);
    }

    [Theory]
    [InlineData("members", "{\"node\":\"a:1\",\"members\":[],\"silent\":[]}")]
    [InlineData("shards", "{\"shards\":[],\"silent\":[]}")]
    [InlineData("tree", "{\"node\":\"a:1\",\"path\":\"/user\",\"actors\":[],\"truncated\":false}")]
    public async Task In_JSON_it_should_be_the_object_of_the_HTTP_interface(string what, string line)
    {
        Assert.Equal(0, await _prove.RunAsync("cluster", what, "--json"));
        Assert.Equal([line], _prove.Lines);
    }

    [Fact]
    public async Task A_node_should_be_told_to_leave_and_another_given_up()
    {
        Assert.Equal(0, await _prove.RunAsync("cluster", "leave", "a:1"));
        Assert.Equal(0, await _prove.RunAsync("cluster", "down", "b:1"));
        Assert.Equal(["leave a:1", "down b:1"], Cluster.Told);
        Assert.Equal(["a:1 drains, and leaves when its runs have ended", "b:1 is given up"], _prove.Lines);
    }

    [Theory]
    [InlineData("cluster wants to know what: members or shards or runs or tree or leave or down", "cluster")]
    [InlineData("cluster is 'member', but members or shards or runs or tree or leave or down is wanted", "cluster", "member")]
    [InlineData("leave wants one node, as host:port: ./prove cluster members lists them", "cluster", "leave")]
    [InlineData("down wants one node, as host:port: ./prove cluster members lists them", "cluster", "down", "a:1", "b:1")]
    [InlineData("members takes no names, but 'a:1' is given", "cluster", "members", "a:1")]
    [InlineData("one tree at a time can be shown", "cluster", "tree", "/user", "/system")]
    [InlineData("--depth is '33', but a whole number from 0 to 32 is wanted", "cluster", "tree", "--depth", "33")]
    [InlineData("--node has no meaning for runs", "cluster", "runs", "--node", "a:1")]
    [InlineData("--json has no meaning for leave", "cluster", "leave", "a:1", "--json")]
    [InlineData("'--dept' is not a known option (did you mean '--depth'?)", "cluster", "tree", "--dept", "1")]
    public void What_cannot_be_done_should_be_told_in_one_sentence(string sentence, params string[] words) =>
        Assert.Equal(sentence, Assert.Throws<UsageException>(() => new OperationArguments(words).Read()).Message);

    [Fact]
    public async Task Help_should_name_every_option_and_everything_that_can_be_done()
    {
        Assert.Equal(0, await _prove.RunAsync("cluster", "--help"));
        var text = _prove.Output.ToString();
        Assert.All(new OperationSyntax().Options, option => Assert.Contains(option.Name, text));
        Assert.All(Enum.GetNames<Operation>(), name => Assert.Contains($"./prove cluster {name.ToLowerInvariant()}", text));
        Assert.All(_prove.Lines, line => Assert.True(line.Length <= 120, line));
    }
}
