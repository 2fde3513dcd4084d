using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Bench.Cluster;
using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

namespace ProverCluster.Bench.Store;

/// <summary>The memory of a node that is started on a store with many open goals: as many of them as it has room for are at work, and the others wait on the disk.</summary>
internal static class OpenGoals
{
    /// <summary>How long it is left alone, once all are at work that there is room for.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    public static async Task<OpenFigures> MeasureAsync(StorePlace place, int goals)
    {
        var before = Memory();
        var shipped = QuietActors.In(NodeSettings.Read(SettingsFiles.LoadShipped()));
        var settings = shipped with { Slots = 4, Store = shipped.Store with { Folder = place.Folder } };
        var launcher = new TimedLauncher();
        var catalogue = new BackendCatalogue(
            [BenchBackend.Of(BackendName.Parse("never"), GoalLanguage.Dimacs, new BackendReading.Patterns("unsat", null), "/timed", TimedLauncher.ForEver)], find: name => name);
        var began = Stopwatch.GetTimestamp();
        await using var node = await ProverNode.StartAsync(settings, catalogue, null, services => services.AddSingleton<IProverLauncher>(_ => launcher), CancellationToken.None);
        var most = Math.Min(goals, settings.Records.MostOpen);
        var atWork = 0;
        while (atWork < most)
        {
            if (Stopwatch.GetElapsedTime(began) > s_patience) throw new BenchRefusal($"{atWork} goals of {most} are at work after {s_patience.TotalMinutes:0} minutes");
            await Task.Delay(100);
            atWork = await node.Records.CountAsync("", CancellationToken.None);
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.Delay(s_rest);
        var (heap, resident) = Memory();
        return new OpenFigures(
            goals, atWork, launcher.Starts, Math.Round(seconds, 1), Math.Round((heap - before.Heap) / 1024.0 / atWork, 1), Math.Round((heap - before.Heap) / 1024.0 / goals, 2),
            Math.Round((resident - before.Resident) / 1048576.0, 1));
    }

    private static (long Heap, long Resident) Memory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return (GC.GetTotalMemory(forceFullCollection: true), Process.GetCurrentProcess().WorkingSet64);
    }
}

/// <param name="Goals">Open in the store.</param>
/// <param name="AtWork">Of them, in the node: as many as records.most-open allows.</param>
/// <param name="Started">Provers.</param>
/// <param name="Seconds">From the node's start until so many were at work.</param>
/// <param name="HeapKiBAtWork">Of the heap, for each that is at work.</param>
/// <param name="HeapKiB">The same for each that is open.</param>
/// <param name="ResidentMiB">Of the process, all in all.</param>
internal sealed record OpenFigures(int Goals, int AtWork, int Started, double Seconds, double HeapKiBAtWork, double HeapKiB, double ResidentMiB);
