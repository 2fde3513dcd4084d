using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>Errors are blamed on commands: by the marks between which they come, and by line and column.</summary>
public class SmtLib_errors
{
    // Marks: 1 before set-logic, 2 before set-option, 3 before the body, 4 before the check, 5 after it, 6 before the pop.
    private const string Script = "(set-info :a b)\n(set-logic L)\n(set-option :a b)\n(declare-const p Bool)\n(assert p)\n(declare-const q Bool)\n(push 1)(assert q)\n(check-sat)\n(get-model)\n(pop 1)\n";

    /// <summary>Which verdicts stand: of sat and of unsat.</summary>
    private static (bool Sat, bool Unsat) Stands(string script, int lastMark, int checkMark, int afterMark, string error, bool stderr = false)
    {
        bool Says(string verdict)
        {
            var answer = new Smt(script);
            for (var mark = 1; mark <= lastMark; mark++)
            {
                answer.Prints($"#{mark}");
                if (mark == checkMark)
                    answer.Prints(verdict);
                if (mark == afterMark && !stderr)
                    answer.Prints(error.Split('\n'));
            }

            if (stderr)
                answer.Complains(error);
            return answer.Says(Smt.Exit(1)).Verdict.IsDecisive();
        }

        return (Says("sat"), Says("unsat"));
    }

    private static (bool, bool) Stands(int mark, string error, bool stderr = false) => Stands(Script, 6, 4, mark, error, stderr);

    [Theory]
    [InlineData(2, "(error \"line 3 column 14: unknown parameter\nLegal parameters are:\")")]
    [InlineData(2, "unsupported")]
    [InlineData(2, "(error \"no place at all\")")]
    [InlineData(5, "(error \"line 9 column 9: model is not available\")")]
    [InlineData(5, "(error \"Cannot get model unless model generation is enabled\")")]
    [InlineData(5, "unsupported")]
    public void An_error_of_a_harmless_command_changes_nothing(int mark, string error) => Assert.Equal((true, true), Stands(mark, error));

    [Theory]
    [InlineData("(error \"line 5 column 8: unknown constant p\")")]
    [InlineData("(error \"Parse Error: goal.smt2:5.9: Symbol p is not declared\")")]
    [InlineData("(error \"at line 5, column 9: undefined term p\")")]
    [InlineData("(error \"line 6 column 20: unknown sort\")")]
    [InlineData("text without a line end(error \"line 5 column 8: unknown constant p\")", false)]
    public void A_dropped_assertion_or_new_name_voids_sat_only(string error, bool unsat = true)
    {
        // q is declared by the command that failed, and used by one that did not: then it had another meaning.
        var fails = error.Contains("line 6") ? "(assert q)" : "never";
        Assert.Equal((false, unsat), Stands(Script.Replace(fails, "(assert p)"), 6, 4, 3, error));
    }

    [Fact]
    public void A_failed_declaration_whose_name_is_used_voids_both() => Assert.Equal((false, false), Stands(3, "(error \"line 6 column 20: unknown sort\")"));

    [Theory]
    [InlineData(1, "(error \"line 2 column 12: unknown logic\")")]
    [InlineData(1, "unsupported")]
    [InlineData(3, "unsupported")]
    [InlineData(3, "(error \"line 7 column 5: invalid push\")")]
    [InlineData(3, "(error \"line 7 column 7: on the border of two commands\")")]
    [InlineData(3, "(error \"no place at all\")")]
    [InlineData(3, "(error \"line 99 column 1: a place that is not there\")")]
    [InlineData(3, "(error \"line 99999999999999999999 column 1: nor is that\")")]
    [InlineData(3, "(error \"line 3 column 14: the place of an option, printed elsewhere\")")]
    [InlineData(3, "(error \"line 10 column 3: the place of a later command\")")]
    [InlineData(4, "(error \"line 8 column 10: an invalid model was generated\")")]
    [InlineData(4, "(error \"line 5 column 8: of the check, whatever it says\")")]
    [InlineData(4, "unsupported")]
    [InlineData(6, "(error \"line 10 column 5: invalid pop\")")]
    public void Any_other_error_voids_both(int mark, string error) => Assert.Equal((false, false), Stands(mark, error));

    [Fact]
    public void Errors_on_standard_error_are_blamed_by_place_only()
    {
        Assert.Equal((true, true), Stands(3, "(error \"line 3 column 59: unknown parameter\")", stderr: true));
        Assert.Equal((false, true), Stands(3, "(error \"line 5 column 8: unknown constant\")", stderr: true));
        Assert.Equal((false, false), Stands(3, "(error \"out of memory\")", stderr: true));
        Assert.Equal((true, true), Stands(3, "WARNING: something (that is no error)", stderr: true));
    }

    [Fact]
    public void Columns_on_the_line_of_the_check_are_those_of_the_marked_copy()
    {
        // The mark before the check moves it and what follows to the right.
        const string oneLine = "(assert p) (check-sat) (get-model)";
        Assert.Equal((false, true), Stands(oneLine, 2, 1, 0, "(error \"line 1 column 8: of the assertion\")", stderr: true));
        Assert.Equal((false, false), Stands(oneLine, 2, 1, 0, "(error \"line 1 column 15: of a mark\")", stderr: true));
        Assert.Equal((true, true), Stands(oneLine, 2, 1, 0, "(error \"line 1 column 120: of get-model\")", stderr: true));
    }

    [Fact]
    public void More_errors_than_are_looked_at_void_both()
    {
        var many = string.Join('\n', Enumerable.Repeat("(error \"line 5 column 8: unknown constant p\")", 256));
        Assert.Equal((false, true), Stands(3, many));
        Assert.Equal((false, false), Stands(3, many + "\n(error \"line 5 column 8: unknown constant p\")"));
    }

    [Fact]
    public void Malformed_is_what_the_entry_calls_so_in_a_command_that_matters()
    {
        const string error = "(error \"line 5 column 8: unknown constant p\")";
        Assert.Equal(error, new Smt(Script).Prints("#1", "#2", "#3", error, "#4", "sat", "#5").Says(Smt.Exit(1)).Malformed);
        Assert.Null(new Smt(Script).Prints("#1", "#2", "#3", "#4", "unknown", "#5", error, "#6").Says(Smt.Exit(1)).Malformed);
        Assert.Null(new Smt(Script).Prints("#1", "#2", "#3", error, "#4", "unsat", "#5", "#6").Says(Smt.Exit(1)).Malformed);
        Assert.Equal(500, new Smt(Script).Prints("#1", error + new string('x', 3000)).Says(Smt.Exit(1)).Malformed!.Length);
    }
}
