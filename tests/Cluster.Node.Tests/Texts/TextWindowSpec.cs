using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Texts;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Texts;

/// <summary>How much is on its way at once: a few pieces from one node, whatever is wanted of it, and a few texts in all.</summary>
public sealed class TextWindowSpec : TestKit
{
    private readonly TextsWorld _world;

    public TextWindowSpec()
        : base(TextsWorld.Config) => _world = new TextsWorld(this);

    [Fact]
    public void The_texts_from_one_node_should_share_one_window()
    {
        for (var i = 1; i <= 10; i++)
            _world.Fetch(TextsWorld.Formula(400_000, i).Digest);
        _world.BeIdle();

        _world.Source.ReceiveN(TextPeer.Window);
        _world.Source.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_text_from_another_node_should_have_a_window_of_its_own()
    {
        _world.Fetch(TextsWorld.Formula(400_000).Digest);
        _world.Fetch(TextsWorld.Formula(400_000, 2).Digest, source: "other");
        _world.BeIdle();

        _world.Source.ReceiveN(TextPeer.Window);
        _world.Other.ReceiveN(TextPeer.Window);
    }

    [Fact]
    public void A_short_text_should_not_wait_for_a_long_one()
    {
        var (length, brief) = (TextsWorld.Formula(8 << 20), TextsWorld.Formula(20, 2));
        _world.Fetch(length.Digest);
        _world.Fetch(brief.Digest);

        for (var piece = 0; piece < TextPeer.Window; piece++)
            _world.Texts.Tell(TextsWorld.Piece(length.Digest, length.Text, _world.Source.ExpectMsg<TextCommands.Read>().Offset), _world.Source.Ref);
        Assert.Equal(length.Digest, _world.Source.ExpectMsg<TextCommands.Read>().Text);
        _world.Texts.Tell(TextsWorld.Piece(brief.Digest, brief.Text, _world.Source.ExpectMsg<TextCommands.Read>(read => read.Text == brief.Digest).Offset), _world.Source.Ref);

        Assert.Equal(new TextFetched(brief.Digest, null), ExpectMsg<TextFetched>());
    }

    [Fact]
    public void Long_texts_should_take_turns()
    {
        var texts = Enumerable.Range(1, 3).Select(i => TextsWorld.Formula(1 << 20, i)).ToDictionary();
        foreach (var digest in texts.Keys)
            _world.Fetch(digest);
        _world.BeIdle();

        var asked = new Dictionary<TextDigest, int>();
        for (var piece = 0; piece < 30; piece++)
        {
            var read = _world.Source.ExpectMsg<TextCommands.Read>();
            asked[read.Text] = asked.GetValueOrDefault(read.Text) + 1;
            _world.Texts.Tell(TextsWorld.Piece(read.Text, texts[read.Text], read.Offset), _world.Source.Ref);
        }

        // The first was alone for as long as it took to ask for the others, so it is a window ahead.
        Assert.All(asked.Values, count => Assert.InRange(count, 8, 8 + TextPeer.Window + 1));
    }

    [Fact]
    public void Pieces_that_nobody_waits_for_should_count_until_they_have_come()
    {
        var (unwanted, wanted) = (TextsWorld.Formula(400_000), TextsWorld.Formula(400_000, 2));
        _world.Fetch(unwanted.Digest);
        _world.Source.ReceiveN(TextPeer.Window);
        _world.Texts.Tell(new UnwantText(unwanted.Digest), TestActor);
        _world.Fetch(wanted.Digest);
        _world.BeIdle();
        _world.Source.ExpectNoMsg(TimeSpan.Zero);

        _world.Texts.Tell(TextsWorld.Piece(unwanted.Digest, unwanted.Text, 0), _world.Source.Ref);
        Assert.Equal(new TextCommands.Read(wanted.Digest, 0), _world.Source.ExpectMsg<TextCommands.Read>());
        _world.Texts.Tell(new TextEvents.Missing(unwanted.Digest), _world.Source.Ref);
        Assert.Equal(new TextCommands.Read(wanted.Digest, TextEvents.MostBytes), _world.Source.ExpectMsg<TextCommands.Read>());

        // The two that are left never come.
        _world.Pass(2);
        Assert.Equal([0, 2, 3], _world.Source.ReceiveN(3).Cast<TextCommands.Read>().Select(read => read.Offset / TextEvents.MostBytes));
        _world.Source.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Only_so_many_texts_should_come_at_once()
    {
        var texts = Formulas(TextsActor.MostAtOnce + 4);
        foreach (var digest in texts.Keys)
            _world.Fetch(digest);

        var coming = new Dictionary<TextDigest, int>();
        var most = 0;
        for (var piece = 0; piece < texts.Values.Sum(text => TextsWorld.Offsets(text).Count()); piece++)
        {
            var read = _world.Source.ExpectMsg<TextCommands.Read>();
            coming[read.Text] = coming.GetValueOrDefault(read.Text) + 1;
            most = Math.Max(most, coming.Count);
            if (coming[read.Text] == TextsWorld.Offsets(texts[read.Text]).Count())
                coming.Remove(read.Text);
            _world.Texts.Tell(TextsWorld.Piece(read.Text, texts[read.Text], read.Offset), _world.Source.Ref);
        }

        Assert.Equal(TextsActor.MostAtOnce, most);
        Assert.All(ReceiveN(texts.Count).Cast<TextFetched>(), fetched => Assert.Null(fetched.Fault));
    }

    [Fact]
    public void A_text_from_a_node_that_sends_little_should_come_before_those_from_one_that_sends_much()
    {
        var texts = Formulas(TextsActor.MostAtOnce + 4);
        foreach (var digest in texts.Keys)
            _world.Fetch(digest);
        var (other, _) = TextsWorld.Formula(20, 1000);
        _world.Fetch(other, source: "other");
        _world.BeIdle();
        _world.Other.ExpectNoMsg(TimeSpan.Zero);

        _world.Texts.Tell(new TextEvents.Missing(_world.Source.ExpectMsg<TextCommands.Read>().Text), _world.Source.Ref);

        Assert.Equal(other, _world.Other.ExpectMsg<TextCommands.Read>().Text);
    }

    [Fact]
    public void All_texts_of_a_dead_node_should_be_given_up_together()
    {
        var texts = Formulas(TextsActor.MostAtOnce + 4);
        foreach (var digest in texts.Keys)
            _world.Fetch(digest);

        _world.Pass(TextPeer.MostQuietPeriods + 1);

        Assert.All(ReceiveN(texts.Count).Cast<TextFetched>(), fetched => Assert.Equal("source sends nothing", fetched.Fault));
        var (again, text) = TextsWorld.Formula(20, 1000);
        _world.Fetch(again, source: "other");
        _world.Give(_world.Other, again, text);
        Assert.Null(ExpectMsg<TextFetched>().Fault);
    }

    /// <summary>Of nine pieces each.</summary>
    private static Dictionary<TextDigest, byte[]> Formulas(int count) => Enumerable.Range(1, count).Select(i => TextsWorld.Formula(400_000, i)).ToDictionary();
}
