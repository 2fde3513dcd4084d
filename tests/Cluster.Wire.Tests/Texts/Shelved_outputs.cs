using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Tests;
using ProverCluster.Node.Texts;

namespace ProverCluster.Wire.Texts;

public sealed class Shelved_outputs
{
    private const string Here = "akka.tcp://prover-cluster@10.0.0.7:4051";

    private readonly ManualClock _clock = new();
    private readonly OutputShelf _shelf;

    public Shelved_outputs() => _shelf = new OutputShelf(_clock);

    [Fact]
    public void Travel_themselves_when_they_are_short()
    {
        // Bytes count, not characters.
        Assert.IsType<ProverOutput.Inline>(Put(1, new string('x', ProverOutput.MostInlineBytes)));
        Assert.IsType<ProverOutput.Kept>(Put(1, new string('ü', ProverOutput.MostInlineBytes / 2 + 1)));
    }

    [Fact]
    public void Go_by_their_digest_and_this_node_when_they_are_long()
    {
        var text = new string('x', 100_000);

        var kept = Assert.IsType<ProverOutput.Kept>(Put(1, text));

        Assert.Equal(Here, kept.Source);
        Assert.True(_shelf.TryGet(kept.Text, out var bytes));
        Assert.Equal(kept.Text, TextDigest.Of(bytes));
        Assert.Equal(100_000, _shelf.Bytes);
    }

    [Fact]
    public void Are_given_back_a_moment_after_they_were_fetched()
    {
        var kept = (ProverOutput.Kept)Put(1, new string('x', 100_000));

        _shelf.Fetched(kept.Text, Run(1));
        Pass(OutputShelf.FetchedPatience - TimeSpan.FromTicks(1));
        Assert.True(_shelf.TryGet(kept.Text, out _));
        Pass(TimeSpan.FromTicks(1));
        Assert.False(_shelf.TryGet(kept.Text, out _));
        Assert.Equal(0, _shelf.Bytes);
    }

    [Fact]
    public void Are_given_back_when_nobody_comes_long_after_the_deadline()
    {
        var kept = (ProverOutput.Kept)Put(1, new string('x', 100_000), left: TimeSpan.FromHours(1));

        Pass(TimeSpan.FromHours(1));
        Assert.True(_shelf.TryGet(kept.Text, out _));
        Pass(OutputShelf.Patience);
        Assert.Equal(0, _shelf.Bytes);
    }

    [Fact]
    public void Of_two_runs_are_kept_once_and_for_both()
    {
        var kept = (ProverOutput.Kept)Put(1, new string('x', 100_000));
        Assert.Equal(kept, Put(2, new string('x', 100_000)));
        Assert.Equal(100_000, _shelf.Bytes);

        _shelf.Fetched(kept.Text, Run(1));
        Pass(OutputShelf.FetchedPatience);

        Assert.True(_shelf.TryGet(kept.Text, out _));
        // A run that never had it changes nothing.
        _shelf.Fetched(kept.Text, Run(3));
        _shelf.Fetched(new TextDigest(new string('0', 64), 1), Run(2));
    }

    [Fact]
    public void Make_room_for_new_ones_those_first_that_would_go_first()
    {
        const int length = 60 << 20;
        var kept = Enumerable.Range(1, 4).Select(i => (ProverOutput.Kept)Put(i, new string((char)('a' + i), length))).ToArray();
        _shelf.Fetched(kept[2].Text, Run(3));

        var last = (ProverOutput.Kept)Put(5, new string('z', length));

        Assert.Equal([true, true, false, true], kept.Select(one => _shelf.TryGet(one.Text, out _)));
        Assert.True(_shelf.TryGet(last.Text, out _));
        Assert.InRange(_shelf.Bytes, 1, OutputShelf.MostBytes);
    }

    [Fact]
    public void Are_said_to_be_missing_when_they_are_too_long()
    {
        var missing = Assert.IsType<ProverOutput.Missing>(Put(1, new string('\ufffd', 23 << 20)));

        Assert.Equal("it has 72351744 bytes and may have 67112960", missing.Why);
        Assert.Equal(0, _shelf.Bytes);
    }

    private ProverOutput Put(int run, string text, TimeSpan? left = null) => _shelf.Put(Run(run), new ProverOutput.Inline(text), left ?? TimeSpan.FromSeconds(10), Here);

    private static Messages.Ids.RunId Run(int attempt) => Examples.Run with { Attempt = attempt };

    private void Pass(TimeSpan span)
    {
        _clock.Advance(span);
        _shelf.Tidy();
    }
}
