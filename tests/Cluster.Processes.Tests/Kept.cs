using System.Globalization;
using ProverCluster.Processes.World;
using Xunit.Abstractions;

namespace ProverCluster.Processes;

/// <summary>
/// A node with a store is killed at random moments under load, and started again: what it has acknowledged is settled once, and rightly. The same when the server that has
/// the store stops.
/// </summary>
public sealed class Kept(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Submitters = 4;
    private const int MostOpen = 40;

    private static readonly int s_rounds = Stress.Count(3, 300);

    private readonly Undertaker _undertaker = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly List<NodeProcess> _started = [];
    private readonly Random _random = new(Seed);
    private string _port = "0";

    private static int Seed { get; } = Environment.TickCount;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _undertaker.DisposeAsync();
        _started.ForEach(node => node.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    [SqliteFact]
    public Task What_a_killed_node_has_in_its_folder_goes_on() => KillAsync("SQLite", "--data", Path.Combine(_folder, "data"));

    [PostgresFact]
    public async Task What_a_killed_node_has_on_a_server_goes_on()
    {
        await using var server = await PostgresServer.StartAsync();
        await KillAsync("PostgreSQL", "--store", await server.NewDatabaseAsync());
    }

    [PostgresFact]
    public async Task What_is_on_a_server_that_stops_hard_goes_on()
    {
        await using var server = await PostgresServer.StartAsync();
        string[] store = ["--store", await server.NewDatabaseAsync()];
        var node = await StartAsync(store);
        var goals = new KeptGoals(_http);
        for (var round = 1; round <= s_rounds; round++)
        {
            await LoadAsync(goals, node, async () =>
            {
                await server.StopHardAsync();
                await Task.Delay(_random.Next(500));
                await server.BeginAsync();
            });
            await IsReadyAsync(node);
            await GoOnAsync(goals, node, MostOpen);
        }

        await EndAsync(goals, node, "PostgreSQL stopped hard");
    }

    private async Task KillAsync(string what, params string[] store)
    {
        var goals = new KeptGoals(_http);
        var node = await StartAsync(store);
        for (var round = 1; round <= s_rounds; round++)
        {
            await LoadAsync(goals, node, () =>
            {
                node.Signal(PosixSignals.Kill);
                return Task.CompletedTask;
            });
            await node.ExitAsync();
            await node.NoProverLivesAsync();
            node = await StartAsync(store);
            await GoOnAsync(goals, node, MostOpen);
        }

        await EndAsync(goals, node, $"the node killed, on {what}");
    }

    private async Task<NodeProcess> StartAsync(string[] store)
    {
        var node = await NodeProcess.StartAsync(Form.Short, _undertaker, _folder, [], [.. store, "--http", _port, .. store[0] == "--data" ? Array.Empty<string>() : ["--port", "0"]]);
        _started.Add(node);
        _port = node.Http.Port.ToString(CultureInfo.InvariantCulture);
        return node;
    }

    /// <summary>Submits goals until that has happened, at a random moment.</summary>
    private async Task LoadAsync(KeptGoals goals, NodeProcess node, Func<Task> happen)
    {
        using var over = new CancellationTokenSource();
        var pauses = Enumerable.Range(0, Submitters).Select(_ => new Random(_random.Next())).ToArray();
        var submitting = pauses.Select(random => SubmitAsync(goals, node, random, over.Token)).ToArray();
        await Task.Delay(_random.Next(1500));
        await happen();
        await over.CancelAsync();
        await Task.WhenAll(submitting);
    }

    private static async Task SubmitAsync(KeptGoals goals, NodeProcess node, Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await goals.SubmitAsync(node.Http, 0.01 * random.Next(1, 20));
                await Task.Delay(random.Next(300), over);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // The node is gone, or the test wants no more.
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private async Task IsReadyAsync(NodeProcess node)
    {
        await Patience.ForAsync(UntilAsync(async () => (await _http.GetAsync(new Uri(node.Http, "/health/ready"))).IsSuccessStatusCode), "a node that is ready", () => Told(node));
    }

    /// <summary>Some may be open, but not more and more.</summary>
    private Task GoOnAsync(KeptGoals goals, NodeProcess node, int most) =>
        Patience.ForAsync(UntilAsync(async () => await goals.LookAsync(node.Http) <= most), $"fewer than {most} open goals", () => Told(node), TimeSpan.FromMinutes(2));

    private async Task EndAsync(KeptGoals goals, NodeProcess node, string what)
    {
        await GoOnAsync(goals, node, 0);
        node.Signal(PosixSignals.Term);
        Assert.Equal(0, await node.ExitAsync());
        foreach (var each in _started)
            await each.NoProverLivesAsync();
        Assert.Equal(goals.Acknowledged, goals.Settled);
        Assert.True(goals.Acknowledged >= s_rounds, $"{goals.Acknowledged} goals are no load");
        output.WriteLine($"figures: {what} {s_rounds} times (seed {Seed}): {goals.Acknowledged} goals were acknowledged, all settled once, with the right verdict");
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
            await Task.Delay(50);
    }

    private static string Told(NodeProcess node) => $"seed {Seed}; {node.Runs}\n{node.Said}";
}
