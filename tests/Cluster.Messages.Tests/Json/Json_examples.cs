using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Tests.Json;

public sealed class Json_examples
{
    private const string Open =
        """{"id":"g1","state":"open","cached":false,"goal":"a.smt2","verdict":null,"szs":null,"winner":null,"decidedMs":null,"settledMs":null,"reason":null,"runs":[]}""";

    private static readonly GoalId Id = GoalId.Parse("g1");

    [Fact]
    public void An_open_goal_says_null_where_nothing_is_known()
    {
        var view = new GoalView(Id, GoalState.Open, false, "a.smt2", null, null, null, null, null, null, [], null);
        Assert.Equal(Open, GoalJson.Line(json => GoalJson.Write(json, view, null, showOutput: false)));
        Assert.Null(GoalJson.Read(Parse(Open)).Answer);
    }

    /// <summary>As many letters as come before it shift the pieces: a pair of surrogates is cut in the middle once.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_long_output_comes_back_as_it_was_in_whichever_pieces_it_is_written(int before)
    {
        var text = new string('x', before) + string.Concat(Enumerable.Repeat("(é \"\\\n\ud83d\ude42)", 20_000));
        var view = new GoalView(Id, GoalState.Settled, false, "a.smt2", Verdict.Refuted, null, null, null, TimeSpan.Zero, null, [], text);
        var most = 0;
        var line = GoalJson.Line(json =>
        {
            foreach (var length in GoalJson.WriteInPieces(json, view, GoalLanguage.SmtLib2, showOutput: true)) most = Math.Max(most, length);
        });
        Assert.InRange(most, 1, 64 << 10);
        Assert.Equal(line, GoalJson.Line(json => GoalJson.Write(json, view, GoalLanguage.SmtLib2, showOutput: true)));
        Assert.Equal(text, GoalJson.Read(Parse(line)).Output!.Words);
    }

    [Fact]
    public void Members_and_events_nobody_knows_here_are_skipped()
    {
        Assert.Equal(Id, GoalJson.Read(Parse(Open.Replace("{", """{"later":[1,{"x":2}],"""))).Id);
        Assert.Null(GoalEventJson.Read("moved", Parse("""{"id":"g1"}""")));
        Assert.Null(GoalEventJson.Name(new GoalEvents.Moving(Id)));
    }

    [Theory]
    [InlineData("decided", """{"id":"g1","verdict":"proved","szs":"Theorem","winner":"eprover","atMs":12.5}""")]
    [InlineData("run-started", """{"id":"g1","run":"g1/7/z3/1","backend":"z3","node":"10.0.0.1:4051","atMs":0.4}""")]
    [InlineData("accepted", """{"id":"g1","planned":["z3","cvc5"]}""")]
    public void An_event_is_an_object_with_these_members(string name, string line)
    {
        var what = GoalEventJson.Read(name, Parse(line))!;
        Assert.Equal(name, GoalEventJson.Name(what));
        Assert.Equal(line, GoalJson.Line(json => GoalEventJson.Write(json, what, null, showOutput: false, isCached: false)));
    }

    [Fact]
    public void Where_a_cached_verdict_comes_from_is_an_object_with_these_members()
    {
        var line = GoalJson.Line(json => ProvenanceJson.Write(json, Stories.From));
        Assert.Equal(
            """{"backend":"z3","version":"4.8.12","arguments":["-smt2","{goal}"],"node":"here:1","szs":"Unsatisfiable","line":"unsat","code":0,"agreed":["cvc5"],"acceptedAt":"2025-11-25T21:40:00.123Z","settledAt":"2025-11-25T21:40:12.345Z","decidedMs":12.0,"cpuMs":null}""",
            line);
        Assert.Equal(line, GoalJson.Line(json => ProvenanceJson.Write(json, ProvenanceJson.Read(Parse(line)))));
    }

    [Fact]
    public void The_winner_of_a_settled_goal_is_the_run_that_won()
    {
        const string Line = """
            {"id":"g1","state":"settled","cached":true,"goal":"a","verdict":"refuted","szs":"Satisfiable","winner":"z3","decidedMs":1.0,"settledMs":2.0,"reason":null,
             "runs":[{"run":"g0/3/z3/2","outcome":"won","code":0},{"run":"g0/3/cvc5/1","outcome":"preempted","code":-5,"preempt":{"reason":"z3 refuted the goal","requestedMs":1.0,"killedMs":1.5}}],
             "model":"(model)","core":null,"proof":null}
            """;
        var view = GoalJson.Read(Parse(Line));
        Assert.Equal((RunId.Parse("g0/3/z3/2"), true), (view.Winner, view.IsCached));
        Assert.Equal(new RunStop(StopReason.Preempted, "z3 refuted the goal"), view.Runs[1].Stop);
        Assert.Equal((Verdict.Refuted, "(model)"), (view.Answer!.Verdict, view.Answer.Output!.Words));
    }

    [Fact]
    public void When_a_goal_was_accepted_is_read_and_written_where_it_is_known()
    {
        var line = Open.Replace("\"cached\":false,", "\"cached\":false,\"acceptedAt\":\"2026-11-25T21:40:00.123Z\",");
        var view = GoalJson.Read(Parse(line));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 21, 40, 0, 123, TimeSpan.Zero), view.AcceptedAt);
        Assert.Equal(line, GoalJson.Line(json => GoalJson.Write(json, view, null, showOutput: false)));
        Assert.Null(GoalJson.Read(Parse(Open)).AcceptedAt);
    }

    [Theory]
    [InlineData("", "'runs' is missing")]
    [InlineData(""","verdict":"maybe" """, "'verdict' is a word nobody knows here")]
    [InlineData(""","verdict":1""", "'verdict' is not a JSON string")]
    [InlineData(""","settledMs":"12" """, "'settledMs' is not a JSON number")]
    [InlineData(""","settledMs":1e300""", "'settledMs' is a number that is no time and no size")]
    [InlineData(""","runs":{}""", "'runs' is not a JSON array")]
    [InlineData(""","runs":[1]""", "where an object with 'outcome' is wanted there is none")]
    [InlineData(""","runs":[{"outcome":"won"}]""", "'run' is missing")]
    [InlineData(""","runs":[{"outcome":"won","run":"g1/z3"}]""", "'run' cannot be what it says")]
    [InlineData(""","runs":[],"goal":"a","acceptedAt":"yesterday" """, "'acceptedAt' is not a time such as 2026-11-25T21:40:00.123Z")]
    [InlineData(""","runs":[],"goal":"\ud800" """, "'goal' is not a text")]
    public void What_is_not_in_the_contract_is_refused_in_one_sentence(string members, string sentence)
    {
        var json = Parse("""{"id":"g1","state":"open" """ + members + "}");
        Assert.Equal(sentence, Assert.Throws<JsonMismatchException>(() => GoalJson.Read(json)).Message);
    }

    [Theory]
    [InlineData("\"verdict\":null", "\"verdict\":\"proved\"")]
    [InlineData("\"settledMs\":null", "\"settledMs\":3.0")]
    public void Half_of_a_settled_goal_is_none(string from, string to) =>
        Assert.Throws<JsonMismatchException>(() => GoalJson.Read(Parse(Open.Replace("\"open\"", "\"settled\"").Replace(from, to))));

    private static JsonElement Parse(string line) => JsonDocument.Parse(line).RootElement;
}
