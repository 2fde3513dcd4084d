using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;
using static ProverCluster.Node.Tests.Cache.FlightStory;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>What stands beside a verdict, and what is believed of it.</summary>
public sealed class ProvenanceSpec
{
    private const string Written =
        """{"backend":"z3","version":"4.8.12","node":"node","szs":"Unsatisfiable","code":0,"agreed":["cvc5"],"acceptedAt":1000,"settledAt":2000,"decided":5000000,"cpu":2500000}""";

    [Fact]
    public void It_should_be_read_as_it_was_written()
    {
        Assert.Equal(Written, Provenance.Write(From));
        Assert.True(Provenance.TryRead(Written, Verdict.Proved, out var read));
        Assert.Equal(From with { Agreed = read.Agreed }, read);
        var full = From with { Arguments = ["-smt2", "{goal}"], Line = "unsat" };
        Assert.True(Provenance.TryRead(Provenance.Write(full), Verdict.Proved, out var again));
        Assert.Equal(["-smt2", "{goal}"], again.Arguments!);
        Assert.Equal("unsat", again.Line);
    }

    [Fact]
    public void What_a_later_version_adds_should_be_passed_over() =>
        Assert.True(Provenance.TryRead(Written.Replace("{", """{"later":{"x":[1,null]},"""), Verdict.Proved, out _));

    [Theory]
    [InlineData("", "")]
    [InlineData("{}", "")]
    [InlineData("null", "")]
    [InlineData("\"Unsatisfiable\"", "\"Satisfiable\"")]
    [InlineData("\"Unsatisfiable\"", "\"GaveUp\"")]
    [InlineData("\"Unsatisfiable\"", "\"Sure\"")]
    [InlineData("\"z3\"", "\"../z3\"")]
    [InlineData("\"z3\"", "7")]
    [InlineData("1000", "3000")]
    [InlineData("1000", "-1")]
    [InlineData("5000000", "-5000000")]
    [InlineData("2500000", "-1")]
    [InlineData("[\"cvc5\"]", "\"cvc5\"")]
    [InlineData("2000", "1e400")]
    public void Nonsense_should_be_none(string part, string instead)
    {
        var json = instead == "" ? part : Written.Replace(part, instead);
        Assert.NotEqual(Written, json);
        Assert.False(Provenance.TryRead(json, Verdict.Proved, out _));
    }

    [Fact]
    public void It_should_be_that_of_its_verdict() => Assert.False(Provenance.TryRead(Written, Verdict.Refuted, out _));

    [Fact]
    public void Of_a_decisive_answer_it_should_say_who_when_and_who_agreed()
    {
        var told = Provenance.Of(Settled("a", Verdict.Proved, 2, RunOutcome.Agreed).Answer, 5_000)!;
        Assert.Equal((Z3, "4.8.12", "node", SzsStatus.Unsatisfiable, 0), (told.Backend, told.Version, told.Node, told.Szs, told.Code));
        Assert.Equal((3_000, 5_000, Seconds(1.9), Seconds(0.25)), (told.AcceptedAt, told.SettledAt, told.Decided, told.Cpu));
        Assert.Equal([Cvc5], told.Agreed);
    }

    [Fact]
    public void An_answer_that_decides_nothing_or_that_somebody_disagreed_with_or_that_was_cached_should_have_none()
    {
        Assert.Null(Provenance.Of(Settled("a", Verdict.Unknown, 2).Answer, 5_000));
        Assert.Null(Provenance.Of(Settled("a", Verdict.Proved, 2, RunOutcome.Disagreed).Answer, 5_000));
        var answer = Settled("a", Verdict.Proved, 2).Answer;
        Assert.Null(Provenance.Of(answer with { Origin = new AnswerOrigin(IsCached: true, From) }, 5_000));
        Assert.Null(Provenance.Of(answer with { Runs = [] }, 5_000));
    }
}
