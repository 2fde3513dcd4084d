using System.Globalization;
using ProverCluster.Node;

namespace ProverCluster.Bench.Measuring;

/// <summary>What the figures depend on beside the code: written beside them.</summary>
/// <param name="Actors">The actor runtime of this build.</param>
/// <param name="Processors">How many this process may use.</param>
/// <param name="LoadBefore">Runnable threads on this machine, averaged over a minute, when the measuring began.</param>
/// <param name="LoadAfter">The same when it ended.</param>
/// <param name="StolenPercent">Of the processors' time in between, what the host of a virtual machine gave to others.</param>
internal sealed record Machine(string Actors, int Processors, double LoadBefore, double LoadAfter, double StolenPercent)
{
    private (long Stolen, long All) Began { get; init; }

    public static Machine Now()
    {
        var load = Load();
        return new Machine(ActorRuntime.Name, Environment.ProcessorCount, load, load, StolenPercent: 0) { Began = Times() };
    }

    public Machine AtTheEnd()
    {
        var (stolen, all) = Times();
        return this with { LoadAfter = Load(), StolenPercent = Math.Round(100.0 * (stolen - Began.Stolen) / Math.Max(1, all - Began.All), 1) };
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Actors}, {Processors} processors, load {LoadBefore:0.0} before and {LoadAfter:0.0} after, {StolenPercent:0.0} % of the processors' time taken by the host");

    private static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Of all processors since boot, by proc_stat(5): "cpu user nice system idle iowait irq softirq steal guest guest_nice"; guests are in user and nice already.</summary>
    private static (long Stolen, long All) Times()
    {
        var times = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(time => long.Parse(time, CultureInfo.InvariantCulture)).ToArray();
        return (times[7], times.Sum());
    }
}
