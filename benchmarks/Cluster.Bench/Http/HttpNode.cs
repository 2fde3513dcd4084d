using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Api;
using ProverCluster.Bench.Cluster;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

namespace ProverCluster.Bench.Http;

/// <summary>
/// A node that answers over HTTP, in a process of its own, with provers that are timers. Prints its address, then an answer to each line of its input: <c>race GOALS CLIENTS</c> has goals
/// raced by clients in this process and prints the milliseconds of each, <c>memory</c> prints what is in use after a collection.
/// </summary>
internal static class HttpNode
{
    /// <summary>The benchmark starts itself under this name.</summary>
    public const string Word = "http-node";

    private const int Slots = 256;

    public static async Task<int> RunAsync()
    {
        // Whoever reads the output wants nothing of what a library writes there.
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(Console.Error);
        var shipped = QuietActors.In(NodeSettings.Read(SettingsFiles.LoadShipped()));
        var settings = shipped with { Slots = Slots, Http = shipped.Http with { Port = 0 } };
        await using var node = await ProverNode.StartAsync(
            settings, TimedCatalogue.Of(TimeSpan.Zero), null, services => services.AddSingleton<IProverLauncher>(_ => new TimedLauncher()), CancellationToken.None);
        await using var api = await ApiServer.StartAsync(node, settings, CancellationToken.None);
        await output.WriteLineAsync(api.Address.ToString());
        while (await NextAsync() is { } words)
            await output.WriteLineAsync(JsonSerializer.Serialize(words is ["race", var goals, var clients] ? await RaceAsync(node, Number(goals), Number(clients)) : Memory()));
        return 0;
    }

    /// <summary>On a thread of its own: reading standard input blocks. Null when whoever started this is gone.</summary>
    private static async Task<string[]?> NextAsync() => (await Task.Factory.StartNew(Console.In.ReadLine, TaskCreationOptions.LongRunning))?.Split(' ');

    private static async Task<double[]> RaceAsync(ProverNode node, int goals, int clients)
    {
        var source = new GoalSource([TimedCatalogue.AtOnce]);
        return await Clients.AskAsync(goals, clients, () => source.RaceAsync(node));
    }

    private static double[] Memory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return [GC.GetTotalMemory(forceFullCollection: true), Process.GetCurrentProcess().WorkingSet64];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
