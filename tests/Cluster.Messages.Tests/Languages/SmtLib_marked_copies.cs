using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Tests.Languages;

public class SmtLib_marked_copies
{
    private static string Copy(string text) => Texts.String(Texts.Script(text).MarkedCopy("m").Text);

    [Theory]
    [InlineData("(check-sat)", " (echo \"m-0\") (check-sat) (echo \"m-1\") ")]
    [InlineData("(assert a)(check-sat)(get-model)", "(assert a) (echo \"m-1\") (check-sat) (echo \"m-2\") (get-model)")]
    [InlineData("(assert a)\n(check-sat) ; note\n\n", "(assert a)\n (echo \"m-1\") (check-sat) (echo \"m-2\")  ; note\n\n")]
    [InlineData("; sat\n(check-sat) ; note", "; sat\n (echo \"m-0\") (check-sat) (echo \"m-1\")  ; note")]
    [InlineData(
        "(set-info :a b)\n(set-logic L)\n(set-option :a b)\n(assert a)\n(check-sat)\n(get-model)\n(exit)",
        "(set-info :a b)\n (echo \"m-1\") (set-logic L)\n (echo \"m-2\") (set-option :a b)\n (echo \"m-3\") (assert a)\n (echo \"m-4\") (check-sat)\n (echo \"m-5\") (get-model)\n(exit)")]
    public void Marks_stand_where_the_kind_of_commands_changes(string text, string copy) => Assert.Equal(copy, Copy(text));

    [Fact]
    public void A_script_that_alternates_for_ever_gets_few_marks()
    {
        var hostile = string.Concat(Enumerable.Repeat("(push 1)(echo \"x\")", 10_000));
        var copy = Texts.Script(hostile + "(check-sat)" + hostile).MarkedCopy("m");
        Assert.Equal(65, copy.Stretches.Count);
        Assert.Single(copy.Stretches, stretch => stretch.IsCheck);
        Assert.False(copy.Stretches[31].IsHarmless);
        Assert.False(copy.Stretches[^1].IsHarmless);
    }

    [Fact]
    public void A_mark_must_be_letters_and_digits() =>
        Assert.Throws<ArgumentException>(() => Texts.Script("(check-sat)").MarkedCopy("a\") (exit"));

    [Fact]
    public void Every_place_of_the_copy_is_found_in_the_script()
    {
        const string text = "(set-info :a b)(set-logic L) (assert a)\n\t(assert |b|)";
        var copy = Texts.Script(text + "(check-sat)\n(get-model)(foo)\n").MarkedCopy("mark");
        AssertPlaces(copy);
    }

    /// <summary>Every byte of the copy that is not a mark is located where it was in the script.</summary>
    internal static void AssertPlaces(SmtLibMarkedCopy copy)
    {
        var (line, column, expected) = (0, 0, 0);
        var script = copy.Script.Text.Span;
        foreach (var value in copy.Text.Span)
        {
            if (copy.Locate(line, column) is { } place)
            {
                Assert.Equal(expected, place);
                Assert.Equal(script[place], value);
                expected++;
            }

            (line, column) = value == '\n' ? (line + 1, 0) : (line, column + 1);
        }

        Assert.Equal(script.Length, expected);
        Assert.Null(copy.Locate(line + 1, 0));
        Assert.Null(copy.Locate(0, 1_000_000));
    }
}
