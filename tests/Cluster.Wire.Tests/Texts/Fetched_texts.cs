using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Texts;
using ProverCluster.Node.Tests.Texts;
using ProverCluster.Node.Texts;

namespace ProverCluster.Wire.Texts;

/// <summary>Goals on their way between nodes, over virtual time: the test plays the nodes that have them.</summary>
public sealed class Fetched_texts : TestKit
{
    private readonly TextsWorld _world;

    public Fetched_texts()
        : base(TextsWorld.Config) => _world = new TextsWorld(this);

    [Fact]
    public void Are_fetched_once_however_many_ask()
    {
        var (digest, text) = TextsWorld.Formula(20);
        TestProbe[] askers = [CreateTestProbe(), CreateTestProbe(), CreateTestProbe()];
        foreach (var asker in askers)
            _world.Texts.Tell(new FetchText(Examples.Goal, digest, GoalLanguage.Dimacs, "source"), asker.Ref);

        _world.Give(_world.Source, digest, text);

        foreach (var asker in askers)
            Assert.Equal(new TextFetched(digest, null), asker.ExpectMsg<TextFetched>());
        _world.Source.ExpectNoMsg(TimeSpan.Zero);
        Assert.True(_world.Store.TryGet(digest, out var document));
        Assert.Equal(text, document.Text.ToArray());
    }

    [Fact]
    public void Come_a_few_pieces_at_a_time()
    {
        var (digest, text) = TextsWorld.Formula(400_000);
        _world.Fetch(digest);

        for (var asked = 0; asked < 4; asked++)
            Assert.Equal(asked * TextEvents.MostBytes, _world.Source.ExpectMsg<TextCommands.Read>().Offset);
        _world.Source.ExpectNoMsg(TimeSpan.Zero);

        _world.Texts.Tell(TextsWorld.Piece(digest, text, 0), _world.Source.Ref);
        Assert.Equal(4 * TextEvents.MostBytes, _world.Source.ExpectMsg<TextCommands.Read>().Offset);
    }

    [Fact]
    public void Are_asked_for_again_where_a_piece_was_lost()
    {
        var (digest, text) = TextsWorld.Formula(100_000);
        _world.Fetch(digest);
        _world.Source.ReceiveN(3);

        // Messages do not overtake each other: the first will not come.
        _world.Texts.Tell(TextsWorld.Piece(digest, text, TextEvents.MostBytes), _world.Source.Ref);
        Assert.Equal(0, _world.Source.ExpectMsg<TextCommands.Read>().Offset);
        _world.Texts.Tell(TextsWorld.Piece(digest, text, 2 * TextEvents.MostBytes), _world.Source.Ref);
        _world.Texts.Tell(TextsWorld.Piece(digest, text, 0), _world.Source.Ref);
        // The one that was only late changes nothing.
        _world.Texts.Tell(TextsWorld.Piece(digest, text, 0), _world.Source.Ref);

        Assert.Null(ExpectMsg<TextFetched>().Fault);
        _world.Source.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Are_asked_for_again_where_all_pieces_were_lost()
    {
        var (digest, text) = TextsWorld.Formula(100_000);
        _world.Fetch(digest);
        _world.Source.ReceiveN(3);

        // A whole period without a piece, not only what was left of one.
        _world.Pass(1);
        _world.Source.ExpectNoMsg(TimeSpan.Zero);
        _world.Pass(1);
        Assert.Equal(0, _world.Source.ExpectMsg<TextCommands.Read>().Offset);
        _world.Source.ExpectNoMsg(TimeSpan.Zero);

        // Where one comes through, so do the others.
        _world.Texts.Tell(TextsWorld.Piece(digest, text, 0), _world.Source.Ref);
        foreach (var _ in TextsWorld.Offsets(text).Skip(1))
            _world.Texts.Tell(TextsWorld.Piece(digest, text, _world.Source.ExpectMsg<TextCommands.Read>().Offset), _world.Source.Ref);
        Assert.Null(ExpectMsg<TextFetched>().Fault);
    }

    [Fact]
    public void Are_given_up_when_a_piece_has_another_length()
    {
        var (digest, text) = TextsWorld.Formula(100_000);
        _world.Fetch(digest);

        _world.Texts.Tell(new TextEvents.Piece(digest, 0, text.AsMemory(0, 10)), _world.Source.Ref);

        Assert.Equal("source sent another text", ExpectMsg<TextFetched>().Fault);
    }

    [Fact]
    public void Are_given_up_when_their_source_dies()
    {
        var (digest, text) = TextsWorld.Formula(100_000);
        _world.Fetch(digest);
        _world.Texts.Tell(TextsWorld.Piece(digest, text, 0), _world.Source.Ref);

        _world.Pass(TextPeer.MostQuietPeriods + 1);

        Assert.Equal("source sends nothing", ExpectMsg<TextFetched>().Fault);
    }

    [Fact]
    public void Come_from_another_node_that_somebody_knew_of()
    {
        var (digest, text) = TextsWorld.Formula(400_000);
        _world.Fetch(digest);
        var second = CreateTestProbe();
        _world.Texts.Tell(new FetchText(Examples.Goal, digest, GoalLanguage.Dimacs, "other"), second.Ref);
        for (var asked = 0; asked < 4; asked++)
            _world.Source.ExpectMsg<TextCommands.Read>();

        // Each of its four pieces is missing: three times that is said of a fetch that is over.
        for (var missing = 0; missing < 4; missing++)
            _world.Texts.Tell(new TextEvents.Missing(digest), _world.Source.Ref);

        Assert.Equal("the node that had it has it no longer", ExpectMsg<TextFetched>().Fault);
        _world.Give(_world.Other, digest, text);
        Assert.Null(second.ExpectMsg<TextFetched>().Fault);
    }

    [Fact]
    public void Are_not_believed_when_they_are_others()
    {
        var (digest, text) = TextsWorld.Formula(20);
        text[^2] = (byte)'7';
        _world.Fetch(digest);

        _world.Give(_world.Source, digest, text);

        Assert.Equal("source sent another text", ExpectMsg<TextFetched>().Fault);
        Assert.False(_world.Store.TryGet(digest, out _));
    }

    [Fact]
    public void Are_refused_when_they_are_no_goal()
    {
        var text = "p cnf 1 2\n1 0\n"u8.ToArray();
        _world.Fetch(TextDigest.Of(text));

        _world.Give(_world.Source, TextDigest.Of(text), text);

        Assert.Contains("clauses", ExpectMsg<TextFetched>().Fault);
    }

    [Theory]
    [InlineData("", 10, "the node that has it is not known")]
    [InlineData("no address", 10, "the node that has it is not known")]
    [InlineData("source", 0, "a text has 1 to 67112960 bytes, not 0")]
    [InlineData("source", 1L << 40, "a text has 1 to 67112960 bytes, not 1099511627776")]
    public void Are_refused_when_they_cannot_be(string source, long bytes, string fault)
    {
        _world.Texts.Tell(new FetchText(Examples.Goal, new TextDigest(new string('0', 64), bytes), GoalLanguage.Dimacs, source));

        Assert.Equal(fault, ExpectMsg<TextFetched>().Fault);
    }

    [Fact]
    public void Are_forgotten_when_nobody_takes_hold_of_them()
    {
        var (digest, text) = TextsWorld.Formula(20);
        _world.Fetch(digest);
        _world.Give(_world.Source, digest, text);
        ExpectMsg<TextFetched>();
        Assert.True(_world.Store.TryHold(digest, out var hold));

        _world.Time.Advance(TextsActor.HoldPatience);
        // Whoever asks now is told of the same text: the actor has let go of its own hold.
        _world.Fetch(digest);
        ExpectMsg<TextFetched>();
        _world.Time.Advance(TextsActor.HoldPatience);
        _world.Texts.Tell(new TextCommands.Read(digest, 0));
        ExpectMsg<TextEvents.Piece>();
        Assert.Equal(1, _world.Store.Count);

        hold.Dispose();
        Assert.Equal(0, _world.Store.Count);
    }
}
