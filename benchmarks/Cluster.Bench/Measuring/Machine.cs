using ProverCluster.Node;

namespace ProverCluster.Bench.Measuring;

/// <summary>What the figures depend on beside the code: written beside them.</summary>
/// <param name="Actors">The actor runtime of this build.</param>
/// <param name="Processors">How many this process may use.</param>
/// <param name="LoadBefore">Runnable threads on this machine, averaged over a minute, when the measuring began.</param>
/// <param name="LoadAfter">The same when it ended.</param>
internal sealed record Machine(string Actors, int Processors, double LoadBefore, double LoadAfter)
{
    public static Machine Now()
    {
        var load = Load();
        return new Machine(ActorRuntime.Name, Environment.ProcessorCount, load, load);
    }

    public Machine AtTheEnd() => this with { LoadAfter = Load() };

    public override string ToString() =>
        FormattableString.Invariant($"{Actors}, {Processors} processors, load {LoadBefore:0.0} before and {LoadAfter:0.0} after");

    private static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
