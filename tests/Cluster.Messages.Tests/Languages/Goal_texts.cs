using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Tests.Languages;

public class Goal_texts
{
    public static TheoryData<GoalLanguage> Languages => [GoalLanguage.SmtLib2, GoalLanguage.Tptp, GoalLanguage.Dimacs];

    [Theory, MemberData(nameof(Languages))]
    public void An_empty_file_is_refused(GoalLanguage language) =>
        Assert.Equal("the goal is empty", Texts.Rejection(language, default));

    [Theory, MemberData(nameof(Languages))]
    public void A_file_that_is_not_text_is_refused_with_the_place(GoalLanguage language) =>
        Assert.Equal("line 2, column 3: control character 0x00: this is not a text", Texts.Rejection(language, Texts.Bytes("ab\ncd\0")));

    [Theory, MemberData(nameof(Languages))]
    public void Invalid_utf8_is_refused_with_the_place_also_far_inside(GoalLanguage language)
    {
        foreach (var before in new[] { 0, 1, 63, 64, 65, 1000, 99_999 })
        {
            var text = Texts.Bytes(string.Concat(Enumerable.Repeat("é", before / 2)) + "\n; x?").ToArray();
            text[^1] = 0xFF;
            Assert.Equal("line 2, column 4: invalid UTF-8: this is not a text", Texts.Rejection(language, text));
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void A_byte_order_mark_is_refused(GoalLanguage language) =>
        Assert.StartsWith("line 1, column 1: the text begins with a byte order mark", Texts.Rejection(language, Texts.Bytes("\uFEFF(check-sat)")));

    [Theory, MemberData(nameof(Languages))]
    public void A_file_of_100_MB_gets_a_clear_sentence(GoalLanguage language)
    {
        const string sentence = "the goal has 100,000,000 bytes and may have 67,108,864 (64 MiB)";
        Assert.Equal(sentence, Texts.Rejection(language, new byte[100_000_000]));
    }

    [Theory, MemberData(nameof(Languages))]
    public void A_million_parentheses_do_no_harm(GoalLanguage language)
    {
        var nest = new string('(', 1_000_000);
        Assert.NotEqual("", Texts.Rejection(language, Texts.Bytes(nest)));
        Assert.NotEqual("", Texts.Rejection(language, Texts.Bytes(new string(')', 1_000_000))));
    }
}
