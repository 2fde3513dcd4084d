using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Bench.Measuring;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Provers;

namespace ProverCluster.Bench.Cluster;

/// <summary>What nodes with the shipped settings say to each other when there is nothing to do: heartbeats, gossip and offers.</summary>
internal static class RestBench
{
    private const string Loopback = "127.0.0.1";

    /// <summary>Until what is said when nodes join has been said.</summary>
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(5);

    public static async Task<AtRest> MeasureAsync(int nodes, TimeSpan time)
    {
        var started = new List<ProverNode>();
        try
        {
            while (started.Count < nodes) started.Add(await StartAsync([.. started.Take(1).Select(first => first.Name)]));
            await Task.WhenAll(started.Select(node => node.KnowsProversAsync(nodes)));
            await Task.Delay(s_calm);
            var (bytes, cpu, began) = (LoopbackBytes(), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            await Task.Delay(time);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return new AtRest(
                nodes,
                Math.Round((LoopbackBytes() - bytes) / seconds / nodes),
                Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / seconds / nodes, 1));
        }
        finally
        {
            await Task.WhenAll(started.Select(node => node.EndAsync()));
        }
    }

    private static Task<ProverNode> StartAsync(string[] seeds) => ProverNode.StartAsync(
        QuietActors.In(NodeSettings.Read(SettingsFiles.LoadShipped())) with { Slots = 2 },
        TimedCatalogue.Of(TimeSpan.Zero),
        new ClusterPlace(Loopback, 0, seeds, NodeRoles.All),
        services => services.AddSingleton<IProverLauncher>(_ => new TimedLauncher()),
        CancellationToken.None);

    /// <summary>What has come in over loopback on this machine, with the headers of its packets: whatever else talks there is in it.</summary>
    private static long LoopbackBytes() => long.Parse(
        File.ReadLines("/proc/self/net/dev").Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries)).Single(words => words[0] == "lo")[1],
        CultureInfo.InvariantCulture);
}

/// <param name="Nodes">How many.</param>
/// <param name="BytesPerSecond">That each node says.</param>
/// <param name="CpuMsPerSecond">Of each.</param>
internal sealed record AtRest(int Nodes, double BytesPerSecond, double CpuMsPerSecond)
{
    public static readonly string[] Titles = ["nodes", "bytes/s a node", "CPU ms/s a node"];

    public string[] Row() =>
        [Nodes.ToString(CultureInfo.InvariantCulture), BytesPerSecond.ToString(CultureInfo.InvariantCulture), BenchTable.Ms(CpuMsPerSecond)];
}
