using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Texts;
using ProverCluster.Node.Tests;
using ProverCluster.Node.Texts;

namespace ProverCluster.Wire.Texts;

/// <summary>Goals on their way between nodes, over virtual time: the test plays the nodes that have them.</summary>
public sealed class Fetched_texts : TestKit
{
    private readonly TextStore _store = new();
    private readonly TestProbe _source;
    private readonly TestProbe _other;
    private readonly IActorRef _texts;

    public Fetched_texts()
        : base("akka { loglevel = OFF, stdout-loglevel = OFF, scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\" }")
    {
        (_source, _other) = (CreateTestProbe(), CreateTestProbe());
        _texts = Sys.ActorOf(TextsActor.Props(_store, new OutputShelf(new ManualClock()), source => source switch
        {
            "source" => _source.Ref,
            "other" => _other.Ref,
            _ => throw new FormatException(),
        }));
    }

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Are_fetched_once_however_many_ask()
    {
        var (digest, text) = Formula(20);
        TestProbe[] askers = [CreateTestProbe(), CreateTestProbe(), CreateTestProbe()];
        foreach (var asker in askers)
            _texts.Tell(new FetchText(digest, GoalLanguage.Dimacs, "source"), asker.Ref);

        Give(_source, digest, text);

        foreach (var asker in askers)
            Assert.Equal(new TextFetched(digest, null), asker.ExpectMsg<TextFetched>());
        _source.ExpectNoMsg(TimeSpan.Zero);
        Assert.True(_store.TryGet(digest, out var document));
        Assert.Equal(text, document.Text.ToArray());
    }

    [Fact]
    public void Come_a_few_pieces_at_a_time()
    {
        var (digest, text) = Formula(400_000);
        Fetch(digest);

        for (var asked = 0; asked < 4; asked++)
            Assert.Equal(asked * TextEvents.MostBytes, _source.ExpectMsg<TextCommands.Read>().Offset);
        _source.ExpectNoMsg(TimeSpan.Zero);

        _texts.Tell(Piece(digest, text, TextEvents.MostBytes), _source.Ref);
        Assert.Equal(4 * TextEvents.MostBytes, _source.ExpectMsg<TextCommands.Read>().Offset);
    }

    [Fact]
    public void Are_asked_for_again_where_a_piece_was_lost()
    {
        var (digest, text) = Formula(100_000);
        Fetch(digest);
        _source.ExpectMsg<TextCommands.Read>();
        foreach (var offset in Offsets(text).Skip(1))
        {
            _source.ExpectMsg<TextCommands.Read>();
            _texts.Tell(Piece(digest, text, offset), _source.Ref);
        }

        // A whole period without a piece, not only what was left of one.
        Pass(1);
        _source.ExpectNoMsg(TimeSpan.Zero);
        Pass(1);
        Assert.Equal(0, _source.ExpectMsg<TextCommands.Read>().Offset);
        _texts.Tell(Piece(digest, text, 0), _source.Ref);
        // The one that was only late changes nothing.
        _texts.Tell(Piece(digest, text, 0), _source.Ref);

        Assert.Null(ExpectMsg<TextFetched>().Fault);
    }

    [Fact]
    public void Are_given_up_when_their_source_dies()
    {
        var (digest, text) = Formula(100_000);
        Fetch(digest);
        _texts.Tell(Piece(digest, text, 0), _source.Ref);

        Pass(TextFetch.MostQuietPeriods + 1);

        Assert.Equal("source sends nothing", ExpectMsg<TextFetched>().Fault);
    }

    [Fact]
    public void Come_from_another_node_that_somebody_knew_of()
    {
        var (digest, text) = Formula(400_000);
        Fetch(digest);
        var second = CreateTestProbe();
        _texts.Tell(new FetchText(digest, GoalLanguage.Dimacs, "other"), second.Ref);
        for (var asked = 0; asked < 4; asked++)
            _source.ExpectMsg<TextCommands.Read>();

        // Each of its four pieces is missing: three times that is said of a fetch that is over.
        for (var missing = 0; missing < 4; missing++)
            _texts.Tell(new TextEvents.Missing(digest), _source.Ref);

        Assert.Equal("the node that had it has it no longer", ExpectMsg<TextFetched>().Fault);
        Give(_other, digest, text);
        Assert.Null(second.ExpectMsg<TextFetched>().Fault);
    }

    [Fact]
    public void Are_not_believed_when_they_are_others()
    {
        var (digest, text) = Formula(20);
        text[^2] = (byte)'7';
        Fetch(digest);

        Give(_source, digest, text);

        Assert.Equal("source sent another text", ExpectMsg<TextFetched>().Fault);
        Assert.False(_store.TryGet(digest, out _));
    }

    [Fact]
    public void Are_refused_when_they_are_no_goal()
    {
        var text = "p cnf 1 2\n1 0\n"u8.ToArray();
        Fetch(TextDigest.Of(text));

        Give(_source, TextDigest.Of(text), text);

        Assert.Contains("clauses", ExpectMsg<TextFetched>().Fault);
    }

    [Theory]
    [InlineData("", 10, "the node that has it is not known")]
    [InlineData("no address", 10, "the node that has it is not known")]
    [InlineData("source", 0, "a text has 1 to 67112960 bytes, not 0")]
    [InlineData("source", 1L << 40, "a text has 1 to 67112960 bytes, not 1099511627776")]
    public void Are_refused_when_they_cannot_be(string source, long bytes, string fault)
    {
        _texts.Tell(new FetchText(new TextDigest(new string('0', 64), bytes), GoalLanguage.Dimacs, source));

        Assert.Equal(fault, ExpectMsg<TextFetched>().Fault);
    }

    [Fact]
    public void Are_forgotten_when_nobody_takes_hold_of_them()
    {
        var (digest, text) = Formula(20);
        Fetch(digest);
        Give(_source, digest, text);
        ExpectMsg<TextFetched>();
        Assert.True(_store.TryHold(digest, out var hold));

        Time.Advance(TextsActor.HoldPatience);
        // Whoever asks now is told of the same text: the actor has let go of its own hold.
        Fetch(digest);
        ExpectMsg<TextFetched>();
        Time.Advance(TextsActor.HoldPatience);
        _texts.Tell(new TextCommands.Read(digest, 0));
        ExpectMsg<TextEvents.Piece>();
        Assert.Equal(1, _store.Count);

        hold.Dispose();
        Assert.Equal(0, _store.Count);
    }

    private void Fetch(TextDigest digest) => _texts.Tell(new FetchText(digest, GoalLanguage.Dimacs, "source"));

    /// <summary>Answers as the node that has the text.</summary>
    private void Give(TestProbe source, TextDigest digest, byte[] text)
    {
        foreach (var _ in Offsets(text))
            _texts.Tell(Piece(digest, text, source.ExpectMsg<TextCommands.Read>().Offset), source.Ref);
    }

    private void Pass(int periods)
    {
        BeIdle();
        for (var i = 0; i < periods; i++)
        {
            Time.Advance(TextsActor.Period);
            BeIdle();
        }
    }

    /// <summary>What it was told before is done when it answers.</summary>
    private void BeIdle()
    {
        var fence = CreateTestProbe();
        _texts.Tell(new TextCommands.Read(new TextDigest(new string('f', 64), 1), 0), fence.Ref);
        fence.ExpectMsg<TextEvents.Missing>();
    }

    private static IEnumerable<long> Offsets(byte[] text)
    {
        for (long offset = 0; offset < text.Length; offset += TextEvents.MostBytes)
            yield return offset;
    }

    private static TextEvents.Piece Piece(TextDigest digest, byte[] text, long offset) =>
        new(digest, offset, text.AsMemory((int)offset, (int)Math.Min(TextEvents.MostBytes, text.Length - offset)));

    /// <summary>A formula of about so many bytes.</summary>
    private static (TextDigest Digest, byte[] Text) Formula(int bytes)
    {
        var clauses = bytes / 4;
        var text = Encoding.ASCII.GetBytes($"p cnf 1 {clauses}\n" + string.Concat(Enumerable.Repeat("1 0\n", clauses)));
        return (TextDigest.Of(text), text);
    }
}
