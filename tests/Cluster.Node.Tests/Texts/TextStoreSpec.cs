using ProverCluster.Messages.Languages;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Texts;

public sealed class TextStoreSpec
{
    [Fact]
    public void A_text_should_be_kept_until_the_last_hold_on_it_is_gone()
    {
        var texts = new TextStore();
        var (digest, document) = Text("1 0");
        var one = texts.Hold(digest, document);
        var two = texts.Hold(digest, document);

        one.Dispose();
        one.Dispose();
        Assert.True(texts.TryGet(digest, out _));
        two.Dispose();
        Assert.False(texts.TryGet(digest, out _));
        Assert.Equal(0, texts.Count);
    }

    [Fact]
    public async Task What_is_promised_should_be_waited_for_until_it_was_given_or_is_gone()
    {
        var texts = new TextStore();
        var (given, gone, never) = (Text("1 0"), Text("-1 0"), Text("1 -1 0"));
        using var _ = texts.Hold(given.Digest, given.Document);
        var hold = texts.Hold(gone.Digest, gone.Document);
        texts.Promise(never.Digest);
        Assert.True(texts.AllGivenAsync().IsCompleted);

        texts.Promise(given.Digest);
        texts.Promise(gone.Digest);
        var all = texts.AllGivenAsync();
        texts.Given(given.Digest);
        Assert.False(all.IsCompleted);
        hold.Dispose();
        await all;
        texts.Given(given.Digest);
        Assert.True(texts.AllGivenAsync().IsCompleted);
    }

    private static (TextDigest Digest, GoalDocument Document) Text(string clause)
    {
        var text = System.Text.Encoding.UTF8.GetBytes($"p cnf 1 1\n{clause}\n");
        Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, text, out var document, out _));
        return (TextDigest.Of(text), document);
    }
}
