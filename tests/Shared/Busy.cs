using System.Globalization;

namespace ProverCluster.Testing;

/// <summary>Bounds in real time mean something on a machine that has time.</summary>
internal static class Busy
{
    /// <summary>What has begun with more time needs it to its end: of bounds that are set one after the other a later one is never the shorter.</summary>
    private static volatile bool s_wasSo;

    /// <summary>The bound; but three times as much since far more wanted to run than there are processors.</summary>
    public static TimeSpan Allow(TimeSpan bound)
    {
        s_wasSo |= double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) > 4 * Environment.ProcessorCount;
        return s_wasSo ? 3 * bound : bound;
    }

    /// <summary>
    /// What a promise in real time is held to. The long run has the machine to itself and takes the promise at its word; a quick one, beside others and on a machine that
    /// may pause for a second, three times as much, which shows as well whatever is late because it is never done.
    /// </summary>
    public static TimeSpan Promised(TimeSpan bound) => Stress.IsWanted ? Allow(bound) : 3 * Allow(bound);
}
