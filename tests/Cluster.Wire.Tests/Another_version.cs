using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Nodes;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Wire;

/// <summary>What a node of another version may write, and what this one makes of it.</summary>
public sealed class Another_version(Bytes bytes) : IClassFixture<Bytes>
{
    [Fact]
    public void That_knew_no_priority_is_understood()
    {
        var submit = Changed<GoalCommands.Submit>("submit", json => json["what"]!.AsObject().Remove("priority"));

        Assert.Equal(Goal.DefaultPriority, submit.What.Priority);
    }

    [Fact]
    public void That_says_null_where_nothing_may_stand_is_understood()
    {
        var ended = Changed<RunEvents.Ended>("ended", json => json["report"]!["stop"] = null);

        Assert.Null(ended.Report.Stop);
    }

    [Fact]
    public void That_knows_more_words_is_understood_where_an_old_word_is_true_as_well()
    {
        var ended = Changed<RunEvents.Ended>("ended", json => json["report"]!["said"]!["szs"] = "NoConsequence");

        Assert.Equal(SzsStatus.Unknown, ended.Report.Said.Szs);
    }

    [Theory]
    [InlineData("submit", "what.language", "\"lean\"")]
    [InlineData("submit", "what.language", "1")]
    [InlineData("submit", "what", "null")]
    [InlineData("submit", "what.backends", "[null]")]
    [InlineData("submit", "what.backends", "[\"Z3\"]")]
    [InlineData("submit", "what.labels", "{\"team\":null}")]
    [InlineData("submit", "what.text", "\"abc/1\"")]
    [InlineData("submit", "what.name", "null")]
    [InlineData("submit", "left", "\"soon\"")]
    [InlineData("submit", "left", "1e300")]
    [InlineData("settled", "answer.runs", "[null]")]
    [InlineData("settled", "answer.winner", "\"g/1/z3\"")]
    [InlineData("ended", "report.end", "{}")]
    [InlineData("ended", "report.end", "{\"exited\":0,\"signalled\":9}")]
    [InlineData("ended", "report.said.output", "\"text\"")]
    [InlineData("ended", "report.said.output", "{\"source\":\"akka.tcp://p@h:1\"}")]
    [InlineData("ended", "report.said.output", "{\"text\":\"a\",\"missing\":\"b\"}")]
    [InlineData("ended", "report.said.verdict", "\"maybe\"")]
    public void That_says_what_cannot_be_is_one_message_lost(string manifest, string path, string value)
    {
        var json = First(manifest);
        var members = path.Split('.');
        var parent = members[..^1].Aggregate((JsonNode)json, (node, member) => node[member]!);
        parent[members[^1]] = JsonNode.Parse(value);

        Assert.Throws<SerializationException>(() => bytes.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), manifest));
    }

    [Theory]
    [InlineData("submit", "what")]
    [InlineData("submit", "left")]
    [InlineData("ended", "report")]
    [InlineData("concluded", "verdict")]
    [InlineData("want", "rank")]
    public void That_leaves_out_what_must_be_there_is_one_message_lost(string manifest, string member)
    {
        var json = First(manifest);
        Assert.True(json.Remove(member));

        Assert.Throws<SerializationException>(() => bytes.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), manifest));
    }

    [Theory]
    [InlineData("stopAt")]
    [InlineData("verdictAt")]
    [InlineData("szs")]
    [InlineData("endedAt")]
    public void That_hands_over_half_a_run_is_one_message_lost(string member)
    {
        var json = First("resume");
        Assert.True(json["race"]!["runs"]![0]!.AsObject().Remove(member));

        Assert.Throws<SerializationException>(() => bytes.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), "resume"));
    }

    private T Changed<T>(string manifest, Action<JsonObject> change)
    {
        var json = First(manifest);
        change(json);
        return Assert.IsType<T>(bytes.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), manifest));
    }

    private JsonObject First(string manifest) =>
        JsonNode.Parse(bytes.Of(Examples.All.First(message => bytes.Serializer.Manifest(message) == manifest)))!.AsObject();
}
