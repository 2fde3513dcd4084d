using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Tests.Languages;

namespace ProverCluster.Messages.Tests.Json;

/// <summary>What is written can be read, and says the same. With PROVER_CLUSTER_STRESS=1 many more are tried.</summary>
public sealed class Json_properties
{
    private static Config Config => PropertyConfig.For(tests: 500, stress: 50_000);

    [Fact]
    public void A_goal_that_was_read_is_written_as_it_was() => Prop.ForAll(Stories.View.Zip(Gen.Elements(Enum.GetValues<GoalLanguage>())).ToArbitrary(), drawn =>
    {
        var (view, language) = drawn;
        var line = Line(view, language);
        Assert.DoesNotContain(line, char.IsControl);
        var read = GoalJson.Read(Parse(line));
        Assert.Equal(line, Line(read, language));
        Assert.Equal(Bare(view), Bare(read));
        Assert.Equal(view.Runs, read.Runs);
    }).Check(Config);

    [Fact]
    public void The_object_of_the_command_line_is_the_rest_of_the_one_over_http() => Prop.ForAll(Stories.View.ToArbitrary(), view =>
    {
        if (view.Answer is not { } answer) return;
        var alone = GoalJson.Line(json => GoalJson.Write(json, answer, GoalLanguage.SmtLib2, showOutput: true));
        Assert.EndsWith(alone[1..], Line(view, GoalLanguage.SmtLib2));
        Assert.Equal(alone, GoalJson.Line(json => GoalJson.Write(json, GoalJson.ReadAnswer(Parse(alone), answer.Id), GoalLanguage.SmtLib2, showOutput: true)));
    }).Check(Config);

    [Fact]
    public void An_event_comes_back_as_it_was() => Prop.ForAll(Stories.Event.ToArbitrary(), what =>
    {
        var read = GoalEventJson.Read(GoalEventJson.Name(what)!, Parse(Line(what)));
        if (what is GoalEvents.Accepted accepted)
            Assert.Equal(accepted.Planned, Assert.IsType<GoalEvents.Accepted>(read).Planned);
        else
            Assert.Equal(what, read);
    }).Check(Config);

    [Fact]
    public void A_settled_event_carries_the_goal() => Prop.ForAll(Stories.View.ToArbitrary(), view =>
    {
        if (view.Answer is not { } answer) return;
        var line = GoalJson.Line(json => GoalEventJson.Write(json, new GoalEvents.Settled(view.Id, answer), GoalLanguage.Tptp, showOutput: true, view.IsCached));
        Assert.Equal(Line(view, GoalLanguage.Tptp), line);
        var read = Assert.IsType<GoalEvents.Settled>(GoalEventJson.Read(GoalEventJson.Settled, Parse(line)));
        Assert.Equal((answer.Verdict, answer.Winner, answer.Settled), (read.Answer.Verdict, read.Answer.Winner, read.Answer.Settled));
    }).Check(Config);

    [Fact]
    public void Nodes_come_back_as_they_were()
    {
        var offers = from backend in Stories.Backend
                     from language in Gen.Elements(Enum.GetValues<GoalLanguage>())
                     from version in Stories.Text
                     select new BackendOffer(backend, language, version);
        var nodes = from offer in offers.ListOf()
                    from count in Gen.Choose(0, 9).Three()
                    from isDraining in Gen.Elements(true, false)
                    select new NodeView("here:1", count.Item1, count.Item2, count.Item3, isDraining, [.. offer]);
        Prop.ForAll(nodes.ListOf().ToArbitrary(), all =>
        {
            var line = GoalJson.Line(json => NodeJson.Write(json, all));
            var read = NodeJson.Read(Parse(line));
            Assert.Equal(line, GoalJson.Line(json => NodeJson.Write(json, read)));
            Assert.Equal(all.SelectMany(node => node.Backends), read.SelectMany(node => node.Backends));
        }).Check(Config);
    }

    [Fact]
    public void Whatever_the_json_is_it_is_read_or_refused_in_words() => Prop.ForAll(Stories.View.Zip(Gen.Choose(0, 10_000)).Zip(Gen.Elements("null", "1", "1e400", "-7", "\"x\"", "\"\\ud800\"", "{}", "[]", "[1]", "true")).ToArbitrary(), drawn =>
    {
        var ((view, place), other) = drawn;
        var line = Line(view, GoalLanguage.Dimacs);
        // Somebody else's value in the place of one of ours.
        var starts = Enumerable.Range(1, line.Length - 1).Where(at => line[at - 1] == ':' && line[at - 2] == '"').ToList();
        var start = starts[place % starts.Count];
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(line[start..]), isFinalBlock: false, default);
        if (!reader.Read() || !reader.TrySkip()) return;
        var rest = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(line[start..])[(int)reader.BytesConsumed..]);
        try
        {
            GoalJson.Read(Parse(line[..start] + other + rest));
        }
        catch (JsonMismatchException refusal)
        {
            Assert.NotEmpty(refusal.Message);
        }
    }).Check(Config);

    private static string Line(GoalView view, GoalLanguage language) => GoalJson.Line(json => GoalJson.Write(json, view, language, showOutput: true));

    private static string Line(IGoalEvent what) => GoalJson.Line(json => GoalEventJson.Write(json, what, GoalLanguage.Tptp, showOutput: false, isCached: false));

    private static JsonElement Parse(string line) => JsonDocument.Parse(line).RootElement;

    // Lists are equal only to themselves; and what a winner printed has a name only in JSON.
    private static GoalView Bare(GoalView view) => view with { Runs = [], Origin = view.Origin is { } origin ? origin with { Verdict = null } : null, Output = null };
}
