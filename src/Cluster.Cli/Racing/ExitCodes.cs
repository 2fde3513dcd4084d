using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Racing;

/// <summary>What the program says of all goals together: the highest that applies, except that an interrupt always wins.</summary>
internal sealed class ExitCodes
{
    public const int Proved = 0;
    public const int Refuted = 1;
    public const int Undecided = 2;
    public const int Rejected = 3;
    public const int Failed = 4;
    public const int Interrupted = 130;

    private int _highest;

    public int Value => Volatile.Read(ref _highest);

    public static int Of(Verdict verdict) => verdict switch
    {
        Verdict.Proved => Proved,
        Verdict.Refuted => Refuted,
        Verdict.Rejected => Rejected,
        _ => Undecided,
    };

    /// <summary>Called from many goals at once.</summary>
    public void Add(int code)
    {
        var seen = Volatile.Read(ref _highest);
        while (code > seen)
        {
            var before = Interlocked.CompareExchange(ref _highest, code, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
