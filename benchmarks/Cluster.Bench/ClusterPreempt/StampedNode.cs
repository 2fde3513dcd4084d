using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Bench.Cluster;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Provers;

namespace ProverCluster.Bench.ClusterPreempt;

/// <summary>A node in a process of its own, with everything that <c>./node</c> has, and a watched launcher. Prints its address, then a line for each run that is over.</summary>
internal static class StampedNode
{
    /// <summary>The benchmark starts itself under this name.</summary>
    public const string Word = "cluster-preempt-node";

    /// <param name="role">One of <see cref="NodeRoles"/>.</param>
    /// <param name="tick">The runners' pace, in milliseconds.</param>
    /// <param name="sandbox">As a word.</param>
    /// <param name="seeds">The first node has none.</param>
    public static async Task<int> RunAsync(string role, double tick, string sandbox, string[] seeds)
    {
        // Whoever reads the output wants nothing of what a library writes there.
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(Console.Error);
        var shipped = QuietActors.In(NodeSettings.Read(SettingsFiles.LoadShipped()));
        var settings = shipped with
        {
            Slots = 1,
            Tick = TimeSpan.FromMilliseconds(tick),
            Sandbox = shipped.Sandbox with { Mode = Limits.SandboxMode.TryRead(sandbox, out var mode) ? mode : SandboxMode.Auto },
        };
        var told = new BlockingCollection<RunStamps>();
        await using var node = await ProverNode.StartAsync(
            settings, RacePuppets.Catalogue, new ClusterPlace("127.0.0.1", 0, seeds, [role]), services => Watch(services, settings, told), CancellationToken.None);
        await output.WriteLineAsync(node.Name);
        _ = Task.Factory.StartNew(() => Print(told, output), TaskCreationOptions.LongRunning);
        // Whoever started it holds the other end, and is gone when that closes, however it came to be gone.
        // On a thread of its own: reading standard input blocks, also where it is called asynchronous, and the pool has two threads on two processors.
        await Task.Factory.StartNew(Console.In.ReadToEnd, TaskCreationOptions.LongRunning);
        return 0;
    }

    private static void Watch(IServiceCollection services, NodeSettings settings, BlockingCollection<RunStamps> told) =>
        services.AddSingleton<IProverLauncher>(_ => new StampedLauncher(ProverLauncher.Create(settings.Sandbox.Mode, settings.Sandbox.Bubblewrap), told));

    private static void Print(BlockingCollection<RunStamps> told, StreamWriter output)
    {
        foreach (var stamps in told.GetConsumingEnumerable()) output.WriteLine(JsonSerializer.Serialize(stamps));
    }
}
