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

    [Fact]
    public void However_many_places_are_asked_for_the_script_is_read_about_once()
    {
        // Twenty million lines, and as many places at their end as are ever asked for: lines, and columns of one long line.
        const int lines = 20_000_000, places = 256;
        var text = new byte[2 * lines];
        text.AsSpan().Fill((byte)'\n');
        text.AsSpan(lines).Fill((byte)' ');
        "(check-sat)"u8.CopyTo(text);
        var copy = Texts.Script(text).MarkedCopy("m");
        var asked = Enumerable.Range(0, places).Select(i => (lines - 11 - (i % 2 * i), i % 2 == 0 ? lines - i : 0)).ToList();

        var found = copy.Locate(asked, out var looked);
        Assert.Equal(asked.Select(place => lines - (lines - 11 - place.Item1) + place.Item2), found.Select(place => place!.Value));
        Assert.InRange(looked, lines, text.Length + (2L * places * LineWalker.Stride));
    }

    [Fact]
    public void Places_may_be_asked_for_in_any_order_and_again()
    {
        var copy = Texts.Script("(assert a)\n(assert bb)\n(check-sat)\n").MarkedCopy("m");
        Assert.Equal([14, null, 3, 22, null, 3, null, 35], copy.Locate([(1, 3), (0, 11), (0, 3), (1, 11), (1, 12), (0, 3), (9, 0), (3, 0)]));
    }

    /// <summary>Every byte of the copy that is not a mark is located where it was in the script.</summary>
    internal static void AssertPlaces(SmtLibMarkedCopy copy)
    {
        var script = copy.Script.Text.ToArray();
        var text = copy.Text.ToArray();
        var places = new List<(int Line, int Column)> { (0, 0) };
        foreach (var value in text)
            places.Add(value == '\n' ? (places[^1].Line + 1, 0) : (places[^1].Line, places[^1].Column + 1));
        var found = copy.Locate([.. places[..^1], (places[^1].Line + 1, 0), (0, 1_000_000)]);

        var expected = 0;
        foreach (var (value, place) in text.Zip(found))
        {
            if (place is not { } known)
                continue;
            Assert.Equal(expected, known);
            Assert.Equal(script[known], value);
            expected++;
        }

        Assert.Equal(script.Length, expected);
        Assert.Equal([null, null], found.TakeLast(2));
    }
}
