using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Goals;

namespace ProverCluster.Bench.Preempt;

/// <summary>What was measured of some losers, in milliseconds.</summary>
internal sealed record KindFigures(string Loser, Distribution VerdictToSignal, Distribution SignalToReaped, Distribution VerdictToReaped)
{
    public static readonly string[] Titles =
    [
        "", "races",
        "verdict to signal p50", "p99", "max",
        "signal to reaped p50", "p99", "max",
        "verdict to reaped p50", "p99", "max",
    ];

    public static KindFigures Of(string loser, IReadOnlyList<LoserTimes> races) => new(
        loser,
        new Distribution(races.Select(race => race.Killed - race.Verdict)),
        new Distribution(races.Select(race => race.Reaped - race.Killed)),
        new Distribution(races.Select(race => race.Reaped - race.Verdict)));

    public string[] Row() => [Loser, $"{VerdictToSignal.Count}", .. Three(VerdictToSignal), .. Three(SignalToReaped), .. Three(VerdictToReaped)];

    private static string[] Three(Distribution times) => [BenchTable.Ms(times.P50), BenchTable.Ms(times.P99), BenchTable.Ms(times.Max)];
}

/// <summary>One race: when the winner's verdict was read, when its loser got the signal, and when nothing of it was left; on the goal's clock.</summary>
internal sealed record LoserTimes(double Verdict, double Killed, double Reaped)
{
    public static LoserTimes Of(RunRow winner, RunRow loser) =>
        new(Milliseconds(winner.Times.Verdict), Milliseconds(loser.Times.Killed), Milliseconds(loser.Times.Reaped));

    private static double Milliseconds(TimeSpan? time) => time!.Value.TotalMilliseconds;
}
