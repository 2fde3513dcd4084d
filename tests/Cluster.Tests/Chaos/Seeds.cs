using System.Globalization;

namespace ProverCluster.Tests.Chaos;

/// <summary>A schedule of faults is named by its seed, which is printed when it fails: <c>PROVER_CLUSTER_CHAOS_SEED=7</c> runs that one alone, and <c>7-20</c> runs some.</summary>
internal static class Seeds
{
    public const string Variable = "PROVER_CLUSTER_CHAOS_SEED";

    /// <summary>Those that somebody wants, or else the usual ones.</summary>
    public static IEnumerable<int> WantedOr(IEnumerable<int> usual)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text)
            return usual;
        var ends = text.Split('-').Select(end => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : -1).ToArray();
        if (ends.Length > 2 || ends.Any(seed => seed < 0) || ends[^1] < ends[0])
            throw new FormatException($"{Variable} is \"{text}\": wanted a seed, such as 7, or the first and the last of some, such as 7-20.");
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
