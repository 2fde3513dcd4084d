using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Tests.Configuration;

public sealed class ExcerptSpec
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("a\tb\r\nc", "a\\tb\\r\\nc")]
    [InlineData("\x1b[2J\x7f\x9b", "\\x1b[2J\\x7f\\x9b")]
    [InlineData("\u202e\u2028\u200b", "\\u202e\\u2028\\u200b")]
    [InlineData("🙂 ü 証", "🙂 ü 証")]
    public void Everything_should_be_seen_and_nothing_obeyed(string text, string shown) => Assert.Equal(shown, Excerpt.Visible(text));

    // Not a case of the table above: what names a test cannot hold half a character.
    [Fact]
    public void Half_a_character_should_be_seen() => Assert.Equal("lone \\ud800 surrogate", Excerpt.Visible("lone \ud800 surrogate"));

    [Fact]
    public void Lines_should_stay_where_they_are_wanted() => Assert.Equal("a\n\tb\\r", Excerpt.Visible("a\n\tb\r", keepLines: true));

    [Fact]
    public void A_long_text_should_be_cut() => Assert.Equal(new string('x', 100) + "...", Excerpt.Of(new string('x', 1000)));
}
