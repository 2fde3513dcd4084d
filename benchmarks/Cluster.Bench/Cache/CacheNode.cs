using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Api;
using ProverCluster.Bench.Cluster;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Records;
using ProverCluster.Node;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Records;

namespace ProverCluster.Bench.Cache;

/// <summary>A node in this process with a store in a folder and provers that are timers, and the ways to have a goal answered that it knows.</summary>
internal sealed class CacheNode : IAsyncDisposable
{
    /// <summary>How long the goal of a crowd takes: longer than the crowd takes to come.</summary>
    private static readonly TimeSpan s_hard = TimeSpan.FromSeconds(3);

    private readonly TimedLauncher _launcher;
    private readonly string _folder;
    private readonly HttpClient _http;

    private CacheNode(ProverNode node, ApiServer api, TimedLauncher launcher, string folder)
    {
        (Node, Api, _launcher, _folder) = (node, api, launcher, folder);
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = api.Address };
    }

    public ProverNode Node { get; }

    public ApiServer Api { get; }

    public int Starts => _launcher.Starts;

    public static async Task<CacheNode> StartAsync(string parent)
    {
        var folder = Path.Combine(parent, $"cache-bench-{Guid.NewGuid():N}");
        var shipped = QuietActors.In(NodeSettings.Read(SettingsFiles.LoadShipped()));
        var settings = shipped with { Slots = 256, Http = shipped.Http with { Port = 0 }, Store = shipped.Store with { Folder = folder } };
        var launcher = new TimedLauncher();
        var node = await ProverNode.StartAsync(settings, TimedCatalogue.Of(s_hard), null, services => services.AddSingleton<IProverLauncher>(_ => launcher), CancellationToken.None);
        return new CacheNode(node, await ApiServer.StartAsync(node, settings, CancellationToken.None), launcher, folder);
    }

    /// <summary>The hit alone: from a goal and its text to the answer, nothing of which is stored.</summary>
    public async Task AskFlightAsync(Func<(Goal Goal, SubmittedText Text)> next)
    {
        var (goal, text) = next();
        var answer = new TaskCompletionSource<GoalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flights = Node.Services.GetRequiredService<IReadOnlyActorRegistry>().Get<FlightActor>();
        var name = FlightName.Of(VerdictKey.Of(goal, text.Document!), goal);
        Node.System.ActorOf(FlightListenerActor.Props(new ListenerTools(flights, "", TimeProvider.System), name, goal, null, answer));
        Check(await answer.Task);
    }

    /// <summary>A goal that is accepted, and whose answer is kept.</summary>
    public async Task AskRecordAsync(Func<(Goal Goal, SubmittedText Text)> next)
    {
        var (goal, text) = next();
        Check(await Node.Records.WaitAsync(goal, text, Caller.Anyone, TimeSpan.Zero, null, CancellationToken.None) is RecordEvents.Shown { View.Answer: { } answer }
            ? answer
            : throw new BenchRefusal("a goal was not answered"));
    }

    /// <summary>One request, answered with the settled goal.</summary>
    public async Task<string> PostAsync(string text, string backend)
    {
        using var content = new StringContent(text);
        content.Headers.ContentType = new("application/dimacs");
        using var answer = await _http.PostAsync($"/v1/goals?wait=true&backends={backend}", content);
        var goal = await answer.Content.ReadAsStringAsync();
        return goal.Contains("\"verdict\":\"proved\"", StringComparison.Ordinal) ? goal : throw new BenchRefusal($"a goal was not proved over HTTP: {(int)answer.StatusCode} {goal}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Api.DisposeAsync();
        await Node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Check(GoalAnswer answer)
    {
        if (!answer.IsCached) throw new BenchRefusal($"a goal was not answered from the cache: {answer.Reason}");
    }
}
