using System.Globalization;

namespace ProverCluster.Testing;

/// <summary>Bounds in real time mean something on a machine that has time.</summary>
internal static class Busy
{
    /// <summary>The bound; but three times as much while far more wants to run than there are processors.</summary>
    public static TimeSpan Allow(TimeSpan bound)
    {
        var load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
        return load > 4 * Environment.ProcessorCount ? 3 * bound : bound;
    }
}
