using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Texts;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Texts;

/// <summary>A text whose node is gone, or has done with it, is brought from whoever else has it.</summary>
public sealed class TextsElsewhereSpec : TestKit
{
    private readonly TextsWorld _world;

    public TextsElsewhereSpec()
        : base(TextsWorld.Config)
    {
        _world = new TextsWorld(this);
        _world.InReach.AddRange(["source", "other"]);
    }

    [Fact]
    public void A_text_that_its_node_has_no_longer_should_be_brought_from_another()
    {
        var (digest, text) = TextsWorld.Formula(100_000);
        _world.Fetch(digest);
        Miss(_world.Source, digest);
        _world.Give(_world.Other, digest, text);
        Assert.Equal(new TextFetched(digest, null), ExpectMsg<TextFetched>());
    }

    [Fact]
    public void The_text_of_a_node_that_sends_nothing_should_be_brought_from_another()
    {
        var (digest, text) = TextsWorld.Formula(20);
        _world.Fetch(digest);
        _world.Pass(TextPeer.MostQuietPeriods + 2);
        _world.Give(_world.Other, digest, text);
        Assert.Equal(new TextFetched(digest, null), ExpectMsg<TextFetched>());
    }

    [Fact]
    public void A_text_whose_node_is_not_known_should_be_brought_from_another()
    {
        var (digest, text) = TextsWorld.Formula(20);
        _world.InReach.Remove("source");
        _world.Fetch(digest, source: "no address");
        _world.Give(_world.Other, digest, text);
        Assert.Equal(new TextFetched(digest, null), ExpectMsg<TextFetched>());
    }

    [Fact]
    public void A_text_that_nobody_has_should_be_missed_for_the_reason_that_its_own_node_gave()
    {
        var (digest, _) = TextsWorld.Formula(20);
        _world.Fetch(digest);
        _world.Pass(TextPeer.MostQuietPeriods + 2);
        Miss(_world.Other, digest);
        Assert.Equal("source sends nothing", ExpectMsg<TextFetched>().Fault);
    }

    [Fact]
    public void An_output_should_be_looked_for_where_its_run_was_and_nowhere_else()
    {
        var (digest, _) = TextsWorld.Formula(20);
        _world.Texts.Tell(new FetchOutput(new ProverOutput.Kept(digest, "source"), RunId.Parse("goal/1/z3/1")), TestActor);
        Miss(_world.Source, digest);
        Assert.NotNull(ExpectMsg<OutputFetched>().Fault);
        _world.Other.ExpectNoMsg(TimeSpan.Zero);
    }

    private void Miss(TestProbe node, TextDigest digest)
    {
        node.ExpectMsg<TextCommands.Read>();
        _world.Texts.Tell(new TextEvents.Missing(digest), node.Ref);
    }
}
