using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Telemetry;

/// <summary>Which ends of runs were asked for by somebody, and so took time from the request to the signal.</summary>
internal static class AskedEnd
{
    /// <summary>The word for who asked; null for a limit, and for a winner that did not end by itself: the tick that sees either sends the signal in the same moment.</summary>
    public static string? Word(RunStop? stop, TimeSpan? asked, TimeSpan? killed) => asked == killed ? null : stop?.Reason switch
    {
        StopReason.Preempted => "preempted",
        StopReason.Withdrawn => "withdrawn",
        StopReason.Drained => "drained",
        _ => null,
    };
}
