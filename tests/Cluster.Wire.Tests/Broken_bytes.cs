using System.Runtime.Serialization;
using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Wire;

namespace ProverCluster.Wire;

/// <summary>Whatever bytes come under whatever manifest: a message, or one <see cref="SerializationException"/>.</summary>
public sealed class Broken_bytes(Bytes bytes) : IClassFixture<Bytes>
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(Stress.Count(3_000, 200_000));

    [Fact]
    public void Some_of_them_anywhere_are_a_message_or_one_lost()
    {
        var changes =
            from example in Gen.Elements(Examples.All.ToArray())
            from at in Gen.Choose(0, 4_000)
            from cut in Gen.Choose(0, 3)
            from inserted in Gen.OneOf(
                Gen.Constant(Array.Empty<byte>()), ArbMap.Default.GeneratorFor<byte[]>(), Gen.Elements("null"u8.ToArray(), "[]"u8.ToArray(), "{}"u8.ToArray(), "-1"u8.ToArray(), "\""u8.ToArray()))
            select (example, at, cut, inserted);

        Prop.ForAll(changes.ToArbitrary(), change =>
        {
            var written = bytes.Of(change.example);
            var at = change.at % (written.Length + 1);
            byte[] broken = [.. written[..at], .. change.inserted, .. written[Math.Min(written.Length, at + change.cut)..]];
            return IsMessageOrLoss(broken, bytes.Serializer.Manifest(change.example));
        }).Check(Config);
    }

    [Fact]
    public void All_of_them_are_a_message_or_one_lost() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte[]>().Zip(Gen.Elements(WireSchema.All.Select(type => type.Manifest).ToArray())).ToArbitrary(),
        random => IsMessageOrLoss(random.Item1, random.Item2)).Check(Config);

    [Fact]
    public void Without_end_in_depth_are_one_message_lost()
    {
        var deep = new string('[', 20_000);

        Assert.Throws<SerializationException>(() => bytes.Read(System.Text.Encoding.UTF8.GetBytes($"{{\"run\":\"{Examples.Run}\",\"later\":{deep}"), "finish"));
    }

    [Fact]
    public void Too_many_are_not_even_looked_at()
    {
        var before = bytes.Serializer.Losses[WireLoss.TooLong];

        Assert.Throws<SerializationException>(() => bytes.Read(new byte[WireSchema.MostBytes + 1], "settled"));

        Assert.Equal(before + 1, bytes.Serializer.Losses[WireLoss.TooLong]);
    }

    [Fact]
    public void Are_not_sent_when_there_are_too_many()
    {
        var report = Examples.Report with { Said = Examples.Report.Said with { Output = new string('x', WireSchema.MostBytes) } };

        var refusal = Assert.Throws<SerializationException>(() => bytes.Of(new RunEvents.Ended(Examples.Run, "node", null, report)));

        Assert.Matches("^message 'ended' has [0-9]+ bytes and may have 1000000$", refusal.Message);
    }

    [Fact]
    public void Of_a_run_of_any_name_come_back()
    {
        var runs =
            from goal in Gen.Elements("g", "G-1", new string('a', 64))
            from incarnation in Gen.Choose(0, int.MaxValue)
            from backend in Gen.Elements("z3", "e+", new string('b', 32))
            from attempt in Gen.Choose(1, 9)
            select new RunId(GoalId.Parse(goal), incarnation * 1_000_003L, BackendName.Parse(backend), attempt);

        Prop.ForAll(runs.ToArbitrary(), run => bytes.Read(bytes.Of(new RunCommands.Finish(run)), "finish").Equals(new RunCommands.Finish(run))).Check(Config);
    }

    [Fact]
    public void Of_any_words_come_back() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), words =>
    {
        // Half of a character cannot be written in UTF-8; the sign for it is.
        var whole = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(words ?? ""));
        var preempt = new RunCommands.Preempt(Examples.Run, new RunStop(StopReason.Withdrawn, words ?? ""));
        return bytes.Read(bytes.Of(preempt), "preempt").Equals(preempt with { Stop = preempt.Stop with { Cause = whole } });
    }).Check(Config);

    private bool IsMessageOrLoss(byte[] broken, string manifest)
    {
        try
        {
            var read = bytes.Read(broken, manifest);
            // What was understood can be said again: no null hides in it.
            return bytes.Of(read).Length > 0;
        }
        catch (SerializationException)
        {
            return true;
        }
    }
}
