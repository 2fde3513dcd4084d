using System.Diagnostics;
using System.Globalization;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using Xunit.Abstractions;

namespace ProverCluster.Wire;

/// <summary>What the messages of a race cost, as they usually are: bytes are asserted, times are only told.</summary>
public sealed class Sizes_and_times(Bytes bytes, ITestOutputHelper figures) : IClassFixture<Bytes>
{
    private static readonly RunReport Usual = new(
        new RunEnd.Signalled(9),
        Examples.Stop,
        RunSaying.Nothing,
        new RunTimes(Examples.Ms(0.42), null, Examples.Ms(11.93), Examples.Ms(14.2), Examples.Ms(14.9), Examples.Ms(15.1)),
        new RunUsage(Examples.Ms(9.8), 29_466_624));

    private static readonly RunRow Row = new(
        Examples.Run, "4.8.12", "10.0.0.7:4051", RunOutcome.Preempted, -5, SzsStatus.Unknown, null,
        new RunRowTimes(Examples.Ms(0.1), Examples.Ms(0.42), null, Examples.Ms(11.9), Examples.Ms(14.2), Examples.Ms(14.9), Examples.Ms(15.1)), Usual.Usage, Examples.Stop);

    private static readonly GoalId Goal = Examples.Goal;

    public static TheoryData<string, object, int> Messages => new()
    {
        { "start", Examples.All.OfType<RunCommands.Start>().First(), 500 },
        { "concluded", Examples.All.OfType<RunEvents.Concluded>().First(), 150 },
        { "ended", new RunEvents.Ended(Examples.Run, "10.0.0.7:4051", "4.8.12", Usual), 500 },
        { "settled with 8 runs", new GoalEvents.Settled(Goal, Examples.Answer with { Runs = [.. Enumerable.Repeat(Row, 8)], Reason = null, Output = null }), 4_000 },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Are_small(string name, object message, int most)
    {
        var written = bytes.Of(message);
        var manifest = bytes.Serializer.Manifest(message);

        figures.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"figures: {name}: {written.Length} bytes, {Microseconds(() => bytes.Of(message)):0.0} µs to write, {Microseconds(() => bytes.Read(written, manifest)):0.0} µs to read"));
        Assert.InRange(written.Length, 1, most);
    }

    /// <summary>The quickest of some rounds: this machine does other things as well.</summary>
    private static double Microseconds(Action action)
    {
        const int times = 500;
        var best = double.MaxValue;
        for (var round = 0; round < 40; round++)
        {
            var since = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++)
                action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(since).TotalMicroseconds / times);
        }

        return best;
    }
}
