using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Texts;

namespace ProverCluster.Node.Tests.Texts;

/// <summary>A text that another node was promised is given when its last piece is on the way, and not before.</summary>
public sealed class PromisedTextsSpec : TestKit
{
    private readonly TextsWorld _world;

    public PromisedTextsSpec()
        : base(TextsWorld.Config) => _world = new TextsWorld(this);

    [Fact]
    public void A_promise_should_be_kept_with_the_last_piece()
    {
        var (digest, text) = TextsWorld.Formula(400_000);
        Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, text, out var document, out _));
        using var hold = _world.Store.Hold(digest, document);
        _world.Store.Promise(digest);
        var given = _world.Store.AllGivenAsync();

        var offsets = TextsWorld.Offsets(text).ToArray();
        foreach (var offset in offsets)
        {
            Assert.False(given.IsCompleted);
            _world.Texts.Tell(new TextCommands.Read(digest, offset), TestActor);
            Assert.Equal(offset, ExpectMsg<TextEvents.Piece>().Offset);
        }

        _world.BeIdle();
        Assert.True(given.IsCompleted);
    }
}
