using System.Diagnostics;
using Akka.Configuration;
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

    /// <param name="catalogue">The provers.</param>
    /// <param name="sandbox">Whether they are in one.</param>
    /// <param name="tick">The runners' pace; null for the shipped one.</param>
    /// <param name="isWatched">Whether it adds up its metrics and says in its log what it does: at INFO, in JSON, to a file that keeps nothing.</param>
    /// <exception cref="BenchRefusal">It cannot be had as it is wanted.</exception>
    public static async Task<NodeUnderTest> StartAsync(BackendCatalogue catalogue, SandboxMode sandbox, TimeSpan? tick = null, bool isWatched = false)
    {
        var settings = NodeSettings.Read(SettingsFiles.LoadShipped());
        settings = settings with
        {
            Slots = 2,
            Tick = tick ?? settings.Tick,
            Sandbox = settings.Sandbox with { Mode = sandbox },
            Telemetry = isWatched ? new TelemetrySettings(LogFormat.Json) : settings.Telemetry,
            Akka = isWatched ? ConfigurationFactory.ParseString("akka.loglevel = INFO").WithFallback(settings.Akka) : settings.Akka,
        };
        try
        {
            var node = new NodeUnderTest(await ProverNode.StartAsync(settings, catalogue, null, services => services.AddSingleton(isWatched ? TextWriter.Null : Console.Error), CancellationToken.None));
            if (isWatched)
                node.ReadMetrics();
            return node;
        }
        catch (InvalidOperationException e)
        {
            throw new BenchRefusal(e.Message);
        }
    }

    public IReadOnlyList<string> Notices => _node.Notices;

    /// <summary>Races the backends for the goal in a file.</summary>
    /// <returns>The whole story, and the milliseconds from before the file was read until its client knew the verdict, and until it knew that all was over.</returns>
    public async Task<(GoalAnswer Answer, double DecidedMs, double SettledMs)> RaceAsync(string file, IReadOnlyList<BackendName> backends)
    {
        var watch = new DecidedWatch();
        var text = File.ReadAllBytes(file);
        if (!GoalReader.TryRead(GoalLanguage.SmtLib2, text, out var document, out var rejection))
            throw new BenchRefusal($"{file}: {rejection}");
        var goal = new Goal(
            GoalId.New(), Path.GetFileName(file), document.Language, TextDigest.Of(text), NoLimits, Strategy.Speculative, backends,
            KeepOutput: false, new Dictionary<string, string>());
        var answer = await _node.RaceAsync(goal, document, watch, CancellationToken.None);
        var settled = watch.NowMs;
        return (answer, watch.DecidedMs ?? throw new BenchRefusal($"{file}: {answer.Reason}"), settled);
    }

    /// <summary>As Prometheus does; what is measured is added up from the first time on.</summary>
    public void ReadMetrics() => _node.Services.GetRequiredService<MetricsReading>().Text();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private sealed class DecidedWatch : IProgress<IGoalEvent>
    {
        private readonly long _began = Stopwatch.GetTimestamp();

        public double? DecidedMs { get; private set; }

        public double NowMs => Stopwatch.GetElapsedTime(_began).TotalMilliseconds;

        public void Report(IGoalEvent value)
        {
            if (value is GoalEvents.Decided) DecidedMs = NowMs;
        }
    }
}
