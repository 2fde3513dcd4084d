using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Bench.Measuring;

/// <summary>A node in this process, asked as a client asks it.</summary>
internal sealed class NodeUnderTest : IAsyncDisposable
{
    // Not what is measured: nothing here may end a run but a preemption.
    private static readonly GoalLimits NoLimits = new(TimeSpan.FromMinutes(2), RunTimeout: null, RunCpu: null, MemoryBytes: 8L << 30, OutputBytes: 1L << 50);

    private readonly ProverNode _node;

    private NodeUnderTest(ProverNode node) => _node = node;

    /// <exception cref="BenchRefusal">It cannot be had as it is wanted.</exception>
    public static async Task<NodeUnderTest> StartAsync(BackendCatalogue catalogue, SandboxMode sandbox, TimeSpan? tick = null)
    {
        var settings = NodeSettings.Read(SettingsFiles.LoadShipped());
        settings = settings with
        {
            Slots = 2,
            Tick = tick ?? settings.Tick,
            Sandbox = settings.Sandbox with { Mode = sandbox },
        };
        try
        {
            return new NodeUnderTest(await ProverNode.StartAsync(settings, catalogue, null, CancellationToken.None));
        }
        catch (InvalidOperationException e)
        {
            throw new BenchRefusal(e.Message);
        }
    }

    public IReadOnlyList<string> Notices => _node.Notices;

    /// <summary>Races the backends for the goal in a file.</summary>
    /// <returns>The whole story, and the milliseconds from before the file was read until its client knew the verdict.</returns>
    public async Task<(GoalAnswer Answer, double DecidedMs)> RaceAsync(string file, IReadOnlyList<BackendName> backends)
    {
        var watch = new DecidedWatch();
        var text = File.ReadAllBytes(file);
        if (!GoalReader.TryRead(GoalLanguage.SmtLib2, text, out var document, out var rejection))
            throw new BenchRefusal($"{file}: {rejection}");
        var goal = new Goal(
            GoalId.New(), Path.GetFileName(file), document.Language, TextDigest.Of(text), NoLimits, Strategy.Speculative, backends,
            KeepOutput: false, new Dictionary<string, string>());
        var answer = await _node.RaceAsync(goal, document, watch, CancellationToken.None);
        return (answer, watch.DecidedMs ?? throw new BenchRefusal($"{file}: {answer.Reason}"));
    }

    /// <summary>Adds up what it measures, as it does where it answers over HTTP.</summary>
    public void Measure() => _node.Services.GetRequiredService<MetricsReading>();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private sealed class DecidedWatch : IProgress<IGoalEvent>
    {
        private readonly long _began = Stopwatch.GetTimestamp();

        public double? DecidedMs { get; private set; }

        public void Report(IGoalEvent value)
        {
            if (value is GoalEvents.Decided) DecidedMs = Stopwatch.GetElapsedTime(_began).TotalMilliseconds;
        }
    }
}
