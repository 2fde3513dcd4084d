namespace Akka.Conformance;

public sealed class HoconSpecs
{
    private static Config Parse(string text) => ConfigurationFactory.ParseString(text);

    [Fact]
    public void Values_should_be_read_by_their_types()
    {
        var config = Parse("""
            # a comment
            a.int = 42
            a { double = 0.5 // another comment
              on = on, off = false
              text = some unquoted text   # not this
              quoted = "with = and # and \"quotes\"\n"
            }
            a.list = [1, 2,
              3]
            words : [ "x", y z ]
            nothing = null
            """);

        Assert.Equal("42", config.GetString("a.int"));
        Assert.Equal("0.5", config.GetString("a.double"));
        Assert.Equal("on", config.GetString("a.on"));
        Assert.Equal("some unquoted text", config.GetString("a.text"));
        Assert.Equal("with = and # and \"quotes\"", config.GetString("a.quoted"));
        Assert.Equal(["1", "2", "3"], config.GetStringList("a.list"));
        Assert.Equal(["x", "y z"], config.GetStringList("words"));
        Assert.Null(config.GetString("nothing"));
    }

    [Fact]
    public void Text_in_three_quotes_should_be_taken_as_it_stands() =>
        Assert.Equal("a \\n \"b\"\n  c", Parse("x = \"\"\"a \\n \"b\"\n  c\"\"\"").GetString("x"));

    [Fact]
    public void What_is_not_set_should_be_the_default()
    {
        var config = Parse("a = 1");
        Assert.Equal("x", config.GetString("b.c", "x"));
        Assert.Equal(TimeSpan.FromSeconds(3), config.GetTimeSpan("b", TimeSpan.FromSeconds(3)));
        Assert.Null(config.GetConfig("b"));
        Assert.Empty(config.GetStringList("b"));
        Assert.False(config.HasPath("b"));
        Assert.True(config.HasPath("a"));
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("10ms", 10)]
    [InlineData("1.5 seconds", 1500)]
    [InlineData("2 m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1 day", 86_400_000)]
    [InlineData("500 micros", 0.5)]
    public void Durations_should_be_read_with_their_units(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Parse($"d = {text}").GetTimeSpan("d"));

    [Fact]
    public void A_duration_may_be_infinite_and_is_refused_with_a_unit_that_is_none()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, Parse("d = infinite").GetTimeSpan("d"));
        Assert.ThrowsAny<FormatException>(() => Parse("x = 10 parsecs").GetTimeSpan("x"));
    }

    [Fact]
    public void Objects_should_be_merged_and_other_values_replaced()
    {
        var config = Parse("""
            a { b = 1, c = [1, 2] }
            a { d = 2, c = [3] }
            a.b = 5
            e = 1
            e { f = 2 }
            g { h = 1 }
            g = 3
            """);
        Assert.Equal("5", config.GetString("a.b"));
        Assert.Equal("2", config.GetString("a.d"));
        Assert.Equal(["3"], config.GetStringList("a.c"));
        Assert.Equal("2", config.GetString("e.f"));
        Assert.Equal("3", config.GetString("g"));
        Assert.False(config.HasPath("g.h"));
    }

    [Theory]
    [InlineData("a = ${nowhere}")]
    [InlineData("a = \"\\q\"")]
    [InlineData("a = 1\n&b = 2")]
    [InlineData("a { b = 1 }, c = 2")]
    public void A_malformed_text_should_be_refused(string text) => Assert.ThrowsAny<FormatException>(() => Parse(text));

    [Fact]
    public void An_assignment_inside_a_bare_value_should_be_refused() =>
        Assert.Throws<ConfigurationException>(() => Parse("url = http://host"));

    [Fact]
    public void A_fallback_should_fill_in_what_is_open()
    {
        var config = Parse("a { b = 1, list = [1] }").WithFallback(Parse("a = { b = 2, c = 3, list = [2] }, d = 4")).WithFallback("d = 5, e = 6");
        Assert.Equal("1", config.GetString("a.b"));
        Assert.Equal("3", config.GetString("a.c"));
        Assert.Equal(["1"], config.GetStringList("a.list"));
        Assert.Equal("4", config.GetString("d"));
        Assert.Equal("6", config.GetString("e"));
        Assert.Equal("3", config.GetConfig("a").GetString("c"));
        Assert.Equal("1", ConfigurationFactory.Empty.WithFallback("x = 1").GetString("x"));
    }

    [Fact]
    public void Keys_should_be_enumerable_at_every_depth_and_say_what_they_hold()
    {
        var config = Parse("""
            backends { z3 { args = [a, b], "file.ending" { on = true } } cvc5 { } }
            plain = 1
            """).WithFallback("backends.extra.args = []");

        Assert.Equal(["backends", "plain"], config.Root.GetObject().Items.Keys.Order());
        var backends = config.GetConfig("backends").Root.GetObject().Items;
        Assert.Equal(["cvc5", "extra", "z3"], backends.Keys.Order());
        var z3 = backends["z3"].GetObject();
        Assert.Equal(["args", "file.ending"], z3.Items.Keys.Order());
        Assert.Equal(["a", "b"], z3.GetKey("args").GetArray().Select(v => v.GetString()));
        Assert.True(z3.GetKey("file.ending").IsObject());
        Assert.True(config.GetValue("plain").IsString());
    }
}
