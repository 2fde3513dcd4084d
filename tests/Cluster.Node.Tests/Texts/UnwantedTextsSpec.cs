using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Texts;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Texts;

/// <summary>What becomes of a text on its way when somebody who waited for it does so no longer.</summary>
public sealed class UnwantedTextsSpec : TestKit
{
    private readonly TextsWorld _world;

    public UnwantedTextsSpec()
        : base(TextsWorld.Config) => _world = new TextsWorld(this);

    [Fact]
    public void A_text_that_nobody_waits_for_should_not_be_asked_for_any_further()
    {
        var (digest, text) = TextsWorld.Formula(400_000);
        _world.Fetch(digest);
        _world.Source.ReceiveN(TextPeer.Window);

        Unwant(digest);
        for (var piece = 0; piece < TextPeer.Window; piece++)
            _world.Texts.Tell(TextsWorld.Piece(digest, text, piece * TextEvents.MostBytes), _world.Source.Ref);
        _world.Pass(TextPeer.MostQuietPeriods + 2);

        _world.Source.ExpectNoMsg(TimeSpan.Zero);
        ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(0, _world.Store.Count);
    }

    [Fact]
    public void A_text_should_be_brought_for_the_others_who_wait_for_it()
    {
        var (digest, text) = TextsWorld.Formula(400_000);
        var (goal, output) = (CreateTestProbe(), CreateTestProbe());
        _world.Fetch(digest);
        _world.Fetch(digest, goal);
        _world.Texts.Tell(new FetchOutput(new ProverOutput.Kept(digest, "source"), RunId.Parse("goal/1/z3/1")), output);

        Unwant(digest);
        _world.Texts.Tell(new UnwantText(digest), goal);
        _world.Give(_world.Source, digest, text);

        Assert.Null(output.ExpectMsg<OutputFetched>().Fault);
        goal.ExpectNoMsg(TimeSpan.Zero);
        ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(0, _world.Store.Count);
    }

    [Fact]
    public void A_text_that_is_wanted_again_should_be_brought_from_its_beginning()
    {
        var (digest, text) = TextsWorld.Formula(100_000);
        _world.Fetch(digest);
        _world.Source.ReceiveN(3);
        Unwant(digest);
        _world.Fetch(digest);
        _world.BeIdle();

        // What was asked for before is answered first.
        foreach (var offset in TextsWorld.Offsets(text))
            _world.Texts.Tell(TextsWorld.Piece(digest, text, offset), _world.Source.Ref);
        _world.Give(_world.Source, digest, text);

        Assert.Equal(new TextFetched(digest, null), ExpectMsg<TextFetched>());
    }

    [Fact]
    public void A_text_that_waits_for_its_turn_should_not_be_asked_for_at_all()
    {
        var first = Enumerable.Range(1, TextsActor.MostAtOnce).Select(i => TextsWorld.Formula(20, i)).ToArray();
        var last = TextsWorld.Formula(20, 100);
        foreach (var (digest, _) in first)
            _world.Fetch(digest);
        _world.Fetch(last.Digest);

        Unwant(last.Digest);
        foreach (var (digest, text) in first)
            _world.Give(_world.Source, digest, text);

        Assert.DoesNotContain(last.Digest, ReceiveN(first.Length).Cast<TextFetched>().Select(fetched => fetched.Text));
        _world.BeIdle();
        _world.Source.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void What_is_said_of_a_text_that_is_not_on_its_way_should_change_nothing()
    {
        var (digest, text) = TextsWorld.Formula(20);
        Unwant(digest);
        _world.Fetch(digest);
        _world.Give(_world.Source, digest, text);
        Assert.Null(ExpectMsg<TextFetched>().Fault);

        Unwant(digest);
        _world.Fetch(digest);
        Assert.Null(ExpectMsg<TextFetched>().Fault);
    }

    private void Unwant(TextDigest digest) => _world.Texts.Tell(new UnwantText(digest), TestActor);
}
