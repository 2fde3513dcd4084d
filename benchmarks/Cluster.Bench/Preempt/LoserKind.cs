namespace ProverCluster.Bench.Preempt;

/// <summary>A loser, played by the puppet prover.</summary>
/// <param name="Name">Its name as a backend.</param>
/// <param name="Title">What it is, in the table.</param>
/// <param name="Play">What the puppet does.</param>
/// <param name="WinnerWaits">Seconds until the winner begins: the loser is surely up by then on a quiet machine.</param>
/// <param name="LeastMiB">A loser that never held as much was not up yet, and its race does not count.</param>
internal sealed record LoserKind(string Name, string Title, string[] Play, double WinnerWaits, int LeastMiB)
{
    // Perl itself takes about 6 MiB, each of its children shares most of that.
    private const int Started = 4;
    private const double Soon = 0.12;

    public static readonly IReadOnlyList<LoserKind> Small =
    [
        new("sleeper", "plain sleeper", ["sleep", "3600"], Soon, Started),
        new("wrapper", "wrapper with grandchild", ["shell", "sleep+3600"], Soon, Started),
        new("daemon", "double fork with setsid", ["daemon", "sleep", "3600"], Soon, Started),
        new("deaf", "ignores SIGTERM", ["deaf", "sleep", "3600"], Soon, Started),
        new("computer", "computes without end", ["-e", "1 while 1"], Soon, Started) { Executable = "/usr/bin/perl" },
        new("printer", "prints without end", ["print", "4096G"], Soon, Started),
        new("holder-35", "holds 35 MB", ["hold", "28M", "sleep", "3600"], Soon, 30),
        new("holder-300", "holds just under 300 MB", ["hold", "276M", "sleep", "3600"], 0.5, 276),
    ];

    public static readonly IReadOnlyList<LoserKind> Large =
    [
        new("holder-1g", "holds 1 GiB", ["hold", "1024M", "sleep", "3600"], 1.5, 1024),
        new("holder-2g", "holds 2 GiB", ["hold", "2048M", "sleep", "3600"], 3, 2048),
    ];

    /// <summary>Who plays it, if not the puppet.</summary>
    public string? Executable { get; init; }

    /// <summary>The patience that winners have: the least, and more for a busier machine.</summary>
    public IReadOnlyList<Winner> Winners => [.. new[] { 1, 2, 4, 8, 16 }.Select(times => new Winner(times * WinnerWaits))];
}

/// <summary>A winner, as a backend.</summary>
/// <param name="Waits">Seconds until it begins.</param>
internal sealed record Winner(double Waits)
{
    public string Name => $"after-{Waits * 1000:0}ms";
}
