using ProverCluster.Messages.Languages;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Texts;

public sealed class TextStoreSpec
{
    [Fact]
    public void A_text_should_be_kept_until_the_last_hold_on_it_is_gone()
    {
        var texts = new TextStore();
        var text = "p cnf 1 1\n1 0\n"u8.ToArray();
        Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, text, out var document, out _));
        var digest = TextDigest.Of(text);
        var one = texts.Hold(digest, document);
        var two = texts.Hold(digest, document);

        one.Dispose();
        one.Dispose();
        Assert.True(texts.TryGet(digest, out _));
        two.Dispose();
        Assert.False(texts.TryGet(digest, out _));
        Assert.Equal(0, texts.Count);
    }
}
