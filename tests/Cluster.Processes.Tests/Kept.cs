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

    private static readonly int s_rounds = Stress.Count(2, 300);

    private readonly StoredNodes _nodes = new(Form.Short);
    private readonly Random _random = new(Seed);
    private string _port = "0";

    private static int Seed { get; } = Environment.TickCount;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _nodes.DisposeAsync();

    [SqliteFact]
    public Task What_a_killed_node_has_in_its_folder_goes_on() => KillAsync("SQLite", "--data", Path.Combine(_nodes.Folder, "data"));

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
        var goals = new KeptGoals(_nodes.Http);
        for (var round = 1; round <= s_rounds; round++)
        {
            await LoadAsync(goals, node, async () =>
            {
                await server.StopHardAsync();
                await Task.Delay(_random.Next(500));
                await server.BeginAsync();
            });
            await UntilAsync(async () => (await _nodes.Http.GetAsync(new Uri(node.Http, "/health/ready"))).IsSuccessStatusCode, "a node that is ready");
            await GoOnAsync(node, MostOpen);
            await goals.LookAsync(node.Http, alsoAtOpen: false);
        }

        await EndAsync(goals, node, "PostgreSQL stopped hard");
    }

    private async Task KillAsync(string what, params string[] store)
    {
        var goals = new KeptGoals(_nodes.Http);
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
            await GoOnAsync(node, MostOpen);
            await goals.LookAsync(node.Http, alsoAtOpen: false);
        }

        await EndAsync(goals, node, $"the node killed, on {what}");
    }

    private async Task<NodeProcess> StartAsync(string[] store)
    {
        var node = await _nodes.StartAsync([.. store, "--http", _port, .. store[0] == "--data" ? Array.Empty<string>() : ["--port", "0"]]);
        _port = node.Http.Port.ToString(CultureInfo.InvariantCulture);
        return node;
    }

    /// <summary>Submits goals until that has happened, at a random moment.</summary>
    private async Task LoadAsync(KeptGoals goals, NodeProcess node, Func<Task> happen)
    {
        using var over = new CancellationTokenSource();
        var pauses = Enumerable.Range(0, Submitters).Select(_ => new Random(_random.Next())).ToArray();
        var before = goals.Acknowledged;
        var submitting = pauses.Select(random => SubmitAsync(goals, node, random, over.Token)).ToArray();
        // Of hundreds of rounds some may come before anything is kept; of two, none.
        if (!Stress.IsWanted)
            await Eventually.True(() => goals.Acknowledged > before, "a goal is acknowledged");
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

    /// <summary>Some may be open, but not more and more. Nobody asks for one of them: that alone would bring it back.</summary>
    private Task GoOnAsync(NodeProcess node, int most) =>
        UntilAsync(async () => await KeptGoals.OpenAsync(_nodes.Http, node.Http) <= most, $"at most {most} open goals", TimeSpan.FromMinutes(2));

    private async Task EndAsync(KeptGoals goals, NodeProcess node, string what)
    {
        var quiet = 0;
        await UntilAsync(async () => (quiet = await KeptGoals.OpenAsync(_nodes.Http, node.Http) == 0 ? quiet + 1 : 0) > 40, "no open goal for two seconds", TimeSpan.FromMinutes(5));
        Assert.Equal(0, await goals.LookAsync(node.Http, alsoAtOpen: true));
        node.Signal(PosixSignals.Term);
        Assert.Equal(0, await node.ExitAsync());
        foreach (var each in _nodes.Started)
            await each.NoProverLivesAsync();
        Assert.Equal(goals.Acknowledged, goals.Settled);
        Assert.True(goals.Acknowledged >= s_rounds, $"{goals.Acknowledged} goals are no load");
        output.WriteLine($"figures: {what} {s_rounds} times (seed {Seed}): {goals.Acknowledged} goals were acknowledged, all settled once, with the right verdict");
    }

    private Task UntilAsync(Func<Task<bool>> isSo, string what, TimeSpan? within = null) => _nodes.UntilAsync(isSo, $"{what} (seed {Seed})", within);
}
