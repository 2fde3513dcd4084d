using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Cache;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>Which goals are the same question.</summary>
public sealed class VerdictKeySpec
{
    private const string Script = "(declare-const p Bool)\n(assert p)\n(check-sat)\n";

    /// <summary>Written down: a cluster that is updated finds what it had.</summary>
    [Theory]
    [InlineData(GoalLanguage.SmtLib2, Script, "17677110e28b3a861553d3a50529961e3cf7e2663d49541de9cf226c8fd238d3-654c2ee23664ebd15f1ac7d4b5ae6d25")]
    [InlineData(GoalLanguage.Dimacs, "p cnf 1 1\n1 0\n", "7efd2214f9108a782518c5f0c03feb813f4d3a5b8c4eaef423be4ceba356ab54-654c2ee23664ebd15f1ac7d4b5ae6d25")]
    public void The_key_of_a_goal_should_never_change(GoalLanguage language, string text, string key) => Assert.Equal(key, EvenTexts.Key(language, text));

    [Fact]
    public void Line_ends_and_trailing_blanks_should_make_no_difference_and_everything_else_should()
    {
        var key = EvenTexts.Key(GoalLanguage.SmtLib2, Script);
        Assert.Equal(key, EvenTexts.Key(GoalLanguage.SmtLib2, Script.Replace("\n", " \r\n") + " "));
        Assert.Equal(key, EvenTexts.Key(GoalLanguage.SmtLib2, Script.TrimEnd()));
        Assert.NotEqual(key, EvenTexts.Key(GoalLanguage.SmtLib2, " " + Script));
        Assert.NotEqual(key, EvenTexts.Key(GoalLanguage.SmtLib2, Script + "\n"));
        Assert.NotEqual(key, EvenTexts.Key(GoalLanguage.SmtLib2, Script.Replace("p", "q")));
    }

    [Fact]
    public void The_same_text_in_another_language_should_be_another_goal()
    {
        const string Both = "% cnf\ncnf(a,axiom,p).\n";
        var tptp = EvenTexts.Read(GoalLanguage.Tptp, Both);
        Assert.NotEqual(VerdictKey.Of(EvenTexts.Goal, tptp).Text, VerdictKey.Of(EvenTexts.Goal, EvenTexts.Read(GoalLanguage.Dimacs, "c cnf\np cnf 0 0\n")).Text);
    }

    [Fact]
    public void What_cannot_change_a_verdict_should_make_no_difference()
    {
        var other = new Goal(
            GoalId.New(), "other.smt2", GoalLanguage.SmtLib2, EvenTexts.Goal.Text, new GoalLimits(TimeSpan.FromHours(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 1, 1),
            Strategy.Sequential, [], KeepOutput: true, new Dictionary<string, string> { ["a"] = "b" }, Priority: 7);
        Assert.Equal(EvenTexts.Key(GoalLanguage.SmtLib2, Script), EvenTexts.Key(GoalLanguage.SmtLib2, Script, other));
    }

    [Fact]
    public void Who_names_backends_should_hear_those_in_whatever_order()
    {
        var any = Asking();
        Assert.Equal(Asking("z3", "cvc5"), Asking("cvc5", "z3"));
        Assert.Equal(4, new[] { any, Asking("z3"), Asking("cvc5"), Asking("z3", "cvc5") }.Distinct().Count());
        Assert.NotEqual(any, EvenTexts.Key(GoalLanguage.SmtLib2, Script, EvenTexts.Goal with { Strategy = Strategy.BestOf }));
    }

    [Fact]
    public void A_key_should_be_read_as_it_was_written_and_nothing_else_be_one()
    {
        var key = VerdictKey.Of(EvenTexts.Goal, EvenTexts.Read(GoalLanguage.SmtLib2, Script));
        Assert.True(VerdictKey.TryParse(key.Value, out var read));
        Assert.Equal(key, read);
        Assert.All(
            new[] { null, "", key.Text, key.Value + "0", key.Value.ToUpperInvariant(), key.Value.Replace('-', '0'), key.Value[1..] + "/" },
            text => Assert.False(VerdictKey.TryParse(text, out _)));
    }

    private static string Asking(params string[] backends) =>
        EvenTexts.Key(GoalLanguage.SmtLib2, Script, EvenTexts.Goal with { Backends = [.. backends.Select(BackendName.Parse)] });
}
