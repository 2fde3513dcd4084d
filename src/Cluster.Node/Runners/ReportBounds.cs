using ProverCluster.Messages;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Runners;

/// <summary>Where the words of provers, and of the system below them, enter messages: none of them is longer than <see cref="WordLimits.Prover"/> from here on.</summary>
internal static class ReportBounds
{
    private const int MostArguments = 100;

    public static RunReport Bounded(this RunReport report) => report with
    {
        End = report.End switch
        {
            RunEnd.NeverStarted never => never with { Detail = Cut(never.Detail)! },
            RunEnd.Lost lost => lost with { Detail = Cut(lost.Detail)! },
            var end => end,
        },
        Stop = report.Stop is { } stop ? stop with { Cause = Cut(stop.Cause)! } : null,
        Said = report.Said with { Fault = Cut(report.Said.Fault), Malformed = Cut(report.Said.Malformed), Line = Cut(report.Said.Line) },
        // Half of them would say something else.
        Arguments = report.Arguments?.Sum(argument => (long)argument.Length) <= WordLimits.Prover && report.Arguments.Count <= MostArguments ? report.Arguments : null,
    };

    private static string? Cut(string? text) => text is null ? null : WordLimits.Cut(text, WordLimits.Prover);
}
