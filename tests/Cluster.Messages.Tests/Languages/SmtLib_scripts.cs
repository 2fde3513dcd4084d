using System.Diagnostics;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Tests.Languages;

public class SmtLib_scripts
{
    [Theory]
    [InlineData("; nothing\n", "no check-sat: there is nothing to decide")]
    [InlineData("(assert true)", "no check-sat: there is nothing to decide")]
    [InlineData("(check-sat)\n(check-sat)", "line 2, column 1: a second check: a goal has exactly one check-sat or check-sat-assuming")]
    [InlineData("(check-sat)(check-sat-assuming (a))", "line 1, column 12: a second check: a goal has exactly one check-sat or check-sat-assuming")]
    [InlineData("(check-sat-using smt)(check-sat)", "line 1, column 22: a second check: a goal has exactly one check-sat or check-sat-assuming")]
    [InlineData("(exit)(check-sat)", "line 1, column 1: exit before the check")]
    [InlineData("(echo \"unsat\")(exit)(check-sat)", "line 1, column 15: exit before the check")]
    [InlineData("(assert (p)\n(check-sat)", "line 1, column 1: a parenthesis that is never closed")]
    [InlineData("(check-sat))", "line 1, column 12: a closing parenthesis too many")]
    [InlineData("(echo \"a)\n(check-sat)", "line 1, column 7: a string that is never closed")]
    [InlineData("(assert |a)\n(check-sat)", "line 1, column 9: a quoted symbol that is never closed")]
    [InlineData("(include \"/etc/passwd\")(check-sat)", "line 1, column 1: (include ...) is not read: a goal is one text")]
    [InlineData("(  include \"f\")(check-sat)", "line 1, column 1: (include ...) is not read: a goal is one text")]
    [InlineData("hello (check-sat)", "line 1, column 1: text outside of any command")]
    [InlineData("(check-sat) |x|", "line 1, column 13: text outside of any command")]
    [InlineData("(check-sat) )", "line 1, column 13: a closing parenthesis too many")]
    [InlineData("()(check-sat)", "line 1, column 2: a command must begin with its name")]
    [InlineData("((check-sat))", "line 1, column 2: a command must begin with its name")]
    [InlineData("(|check-sat|)", "line 1, column 2: a command must begin with its name")]
    [InlineData("(\"check-sat\")", "line 1, column 2: a command must begin with its name")]
    [InlineData("(:check-sat)", "line 1, column 2: a command must begin with its name")]
    [InlineData("(", "line 1, column 1: a parenthesis that is never closed")]
    [InlineData("(assert é)(check-sat)", "line 1, column 9: a character outside ASCII that is not in a string, a quoted symbol or a comment")]
    [InlineData("(assert |a\\|)(check-sat)", "line 1, column 11: \\| in a quoted symbol, which provers read differently")]
    [InlineData("#| (exit) |#(check-sat)", "line 1, column 1: text outside of any command")]
    [InlineData("(assert #|x|# true)(check-sat)", "line 1, column 9: #|, which is a comment to some provers and an error to others")]
    [InlineData("(set-info :a (x) \\ (assert false))(check-sat)", "line 1, column 18: '\\' is in no word of SMT-LIB, other than in a string, a quoted symbol or a comment")]
    [InlineData("(assert {p})(check-sat)", "line 1, column 9: '{' is in no word of SMT-LIB, other than in a string, a quoted symbol or a comment")]
    [InlineData("(assert #)(check-sat)", "line 1, column 9: a # that begins no binary or hexadecimal number")]
    [InlineData("(assert #b2)(check-sat)", "line 1, column 9: a # that begins no binary or hexadecimal number")]
    [InlineData("(assert #xg)(check-sat)", "line 1, column 9: a # that begins no binary or hexadecimal number")]
    [InlineData("(assert #B1)(check-sat)", "line 1, column 9: a # that begins no binary or hexadecimal number")]
    [InlineData("; a\r(assert false)\n(check-sat)", "line 1, column 4: a carriage return in a comment: provers differ about where the comment ends")]
    public void What_is_no_goal_is_refused_in_a_sentence(string text, string sentence) =>
        Assert.Equal(sentence, Texts.Rejection(GoalLanguage.SmtLib2, Texts.Bytes(text)));

    [Theory]
    [InlineData("(check-sat)")]
    [InlineData("(assert (~!@$%^&*_-+=<>.?/ :a |\\ '`,[]{}#| \"\\ '`,[]{}#\" #b0 #x0aF)) ; \\ '`,[]{}#\n(check-sat)")]
    [InlineData("; é\r\n(check-sat)\r\n; end\r")]
    [InlineData("(check-sat-assuming ((not a)))")]
    [InlineData("(echo \"(check-sat) | ; \"\" (\")(check-sat)")]
    [InlineData("(declare-const |(check-sat) \" ; é (| Int)(check-sat)")]
    [InlineData("; (check-sat)\n(check-sat); (check-sat)")]
    [InlineData("(assert (= x #b01 #xaf))(; note\n check-sat ; note\n)(exit)")]
    [InlineData("(reset)(push 1)(foo)(check-sat)(foo)")]
    public void What_is_one_is_accepted(string text) => Assert.Equal("", Texts.Rejection(GoalLanguage.SmtLib2, Texts.Bytes(text)));

    [Fact]
    public void The_check_and_the_kinds_of_commands_are_known()
    {
        const string text = "(set-logic ALL)(set-option :x 1)(set-info :y 2)(declare-const a Bool)(define-sort S () Int)(assert a)(push 1)\n(check-sat)(get-model)(echo \"x\")(exit)";
        var script = Texts.Script(text);
        var kinds = new List<SmtLibCommandKind>();
        foreach (var command in script.Commands)
            kinds.Add(command.Kind);

        Assert.Equal(
            [
                SmtLibCommandKind.Other, SmtLibCommandKind.SetOption, SmtLibCommandKind.SetInfo, SmtLibCommandKind.Declaration, SmtLibCommandKind.Declaration,
                SmtLibCommandKind.Assert, SmtLibCommandKind.Other, SmtLibCommandKind.Check, SmtLibCommandKind.Get, SmtLibCommandKind.Echo, SmtLibCommandKind.Exit,
            ],
            kinds);
        Assert.Equal("(check-sat)", text[script.Check.Start..script.Check.End]);
        Assert.True(script.OnlyHarmlessFollows);
    }

    [Theory]
    [InlineData("(check-sat)", true)]
    [InlineData("(check-sat)(get-model)(get-unsat-core)(set-info :a b)(set-option :a b)(exit)", true)]
    [InlineData("(check-sat)(assert false)", false)]
    [InlineData("(check-sat)(pop 1)", false)]
    [InlineData("(pop 1)(check-sat)", true)]
    [InlineData("(check-sat)(whatever)(get-model)", false)]
    public void What_follows_the_check_is_judged(string text, bool harmless) => Assert.Equal(harmless, Texts.Script(text).OnlyHarmlessFollows);

    [Theory]
    [InlineData("(set-option :regular-output-channel \"f\")(check-sat)", true)]
    [InlineData("(set-option :regular-output-channel \"f\")(set-option :regular-output-channel \"stdout\")(check-sat)", true)]
    [InlineData("(set-option ; note\n :regular-output-channel |f|)(check-sat)", true)]
    [InlineData("(set-option :out \"f\")(check-sat)", true)]
    [InlineData("(set-option :regular-output-channel \"stdout\")(check-sat)", false)]
    [InlineData("(set-option :diagnostic-output-channel \"f\")(check-sat)", false)]
    [InlineData("(check-sat)(set-option :regular-output-channel \"f\")", false)]
    public void A_redirected_output_is_known(string text, bool redirects) => Assert.Equal(redirects, Texts.Script(text).RedirectsOutput);

    // It takes 20 ms; the bound is for a machine that is busy with other tests, and for a reader that is not linear.
    [Fact]
    public void Ten_megabytes_take_a_moment()
    {
        var text = Texts.Bytes(string.Concat(Enumerable.Repeat("(assert (=> (and p_1 (not q_2)) (or (f x y) |z z|))) ; why\n", 170_000)) + "(check-sat)");
        SmtLibScript.TryRead(text, out _, out _);
        var watch = Stopwatch.StartNew();
        Assert.True(SmtLibScript.TryRead(text, out _, out _));
        Assert.True(watch.ElapsedMilliseconds < 20_000, $"{text.Length / 1e6:f1} MB took {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void A_depth_of_a_million_is_read()
    {
        var deep = "(assert " + new string('(', 1_000_000) + new string(')', 1_000_000) + ")(check-sat)";
        Assert.Equal("", Texts.Rejection(GoalLanguage.SmtLib2, Texts.Bytes(deep)));
    }

    [Fact]
    public void Tokens_come_without_bars_and_comments()
    {
        var tokens = new List<string>();
        foreach (var token in new SmtLibTokens("(f |a b| \"c \"\"d\"\"\" ; e\n (:g #x1))"u8))
            tokens.Add(Texts.String(token.ToArray()));
        Assert.Equal(["(", "f", "a b", "\"c \"\"d\"\"\"", "(", ":g", "#x1", ")", ")"], tokens);
    }
}
