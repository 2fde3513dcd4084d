using System.Text.Json;
using ProverCluster.Messages.Json;

namespace ProverCluster.Messages.Tests.Json;

/// <summary>What is said of the cluster itself: read and written again it is the same to the letter.</summary>
public sealed class Cluster_examples
{
    [Theory]
    [InlineData("""{"node":"a:1","members":[{"node":"a:1","roles":["coordinator","prover"],"status":"up","reachable":true,"leader":true,"ageMs":1500.5,"version":"1.0.0","runtime":"Akka.NET 1.5.73"}],"silent":[]}""")]
    [InlineData("""{"node":"a:1","members":[{"node":"b:1","roles":[],"status":"weaklyUp","reachable":false,"leader":false,"ageMs":null,"version":null,"runtime":null}],"silent":["b:1"]}""")]
    public void Members(string line) => Assert.Equal(line, GoalJson.Line(json => MemberJson.Write(json, MemberJson.Read(Parse(line)))));

    [Fact]
    public void Shards()
    {
        const string Line = """{"shards":[{"region":"goals","shard":"17","node":"a:1","entities":3},{"region":"records","shard":"4","node":"b:1","entities":null}],"silent":["c:1"]}""";
        Assert.Equal(Line, GoalJson.Line(json => ShardJson.Write(json, ShardJson.Read(Parse(Line)))));
    }

    [Theory]
    [InlineData("""{"run":"g1/7/z3/1","goal":"g1","backend":"z3","state":"running","ageMs":1200.5,"processes":[4711,4713],"cpuMs":1180.2,"rssMiB":28.1,"outputBytes":12,"tickLateMs":0.3,"worstTickLateMs":4.1}""")]
    [InlineData("""{"run":null,"goal":null,"backend":"z3","state":"stopping","ageMs":1200.5,"processes":null,"cpuMs":1180.2,"rssMiB":28.1,"outputBytes":12,"tickLateMs":0.3,"worstTickLateMs":4.1}""")]
    [InlineData("""{"run":"g1/7/z3/1","goal":"g1","backend":"z3","state":"fetching","ageMs":0.1,"processes":null,"cpuMs":null,"rssMiB":null,"outputBytes":null,"tickLateMs":null,"worstTickLateMs":null}""")]
    public void Runs(string run)
    {
        var line = $$"""{"node":"a:1","runs":[{{run}}]}""";
        Assert.Equal(line, GoalJson.Line(json => RunJson.Write(json, RunJson.Read(Parse(line)))));
    }

    [Theory]
    [InlineData("""{"path":"/user/agent","kind":"NodeAgentActor","state":"working","mailbox":1,"goal":null,"run":null,"ageMs":9000.0,"children":2}""")]
    [InlineData("""{"path":"/user/agent/g1","kind":"ProverRunnerActor","state":"running","mailbox":0,"goal":"g1","run":"g1/7/z3/1","ageMs":12.0,"children":0}""")]
    [InlineData("""{"path":"/system","kind":"SystemGuardianActor","state":null,"mailbox":0,"goal":null,"run":null,"ageMs":null,"children":9}""")]
    [InlineData("""{"path":"/user/goals/g1","kind":"GoalCoordinatorActor","state":"waiting","mailbox":0,"goal":null,"run":null,"ageMs":null,"children":0}""")]
    public void Actors(string actor)
    {
        var line = $$"""{"node":"a:1","path":"/user","actors":[{{actor}}],"truncated":true}""";
        Assert.Equal(line, GoalJson.Line(json => ActorJson.Write(json, ActorJson.Read(Parse(line)))));
    }

    [Theory]
    [InlineData("""{"node":"a:1","runs":[{"backend":"z3","state":"flying"}]}""", "'state' is a word nobody knows here")]
    [InlineData("""{"node":"a:1","runs":[{"backend":"z3","state":"ended"}]}""", "'ageMs' is missing")]
    [InlineData("""{"node":"a:1","runs":[{"backend":"z3","state":"ended","ageMs":1,"cpuMs":1,"processes":["x"]}]}""", "where a whole number is wanted there is none")]
    [InlineData("""{"node":"a:1"}""", "'runs' is missing")]
    public void What_is_no_list_of_runs_is_refused_in_one_sentence(string line, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<JsonMismatchException>(() => RunJson.Read(Parse(line))).Message);

    private static JsonElement Parse(string line) => JsonDocument.Parse(line).RootElement;
}
