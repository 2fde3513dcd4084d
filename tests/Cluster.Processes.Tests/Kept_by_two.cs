using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ProverCluster.Processes.World;
using Xunit.Abstractions;

namespace ProverCluster.Processes;

/// <summary>Two coordinators' nodes with one store on a server, and a third node with the provers. A coordinators' node is killed under load, over and over: the other goes on with what it had.</summary>
public sealed class Kept_by_two(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>Goals without an end, about half of which are the killed node's.</summary>
    private const int Watched = 12;

    private const int Rounds = 50;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>Failure detection, the resolver's wait and the removal margin are 25 s together (hocon/akka.conf): what takes this long is worth a look.</summary>
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(45);

    /// <summary>With little memory for a run, so that there is a slot for each.</summary>
    private readonly StoredNodes _nodes = new(Form.Long with { Settings = "prover-cluster.runs { memory = 256MiB, folder-size = 16MiB }" });
    private PostgresServer _server = null!;
    private string _url = "";

    public async Task InitializeAsync()
    {
        if (PostgresServer.Missing() is not null)
            return;
        _server = await PostgresServer.StartAsync();
        _url = await _server.NewDatabaseAsync();
    }

    public async Task DisposeAsync()
    {
        await _nodes.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [PostgresStressFact]
    public async Task What_a_killed_coordinators_node_had_is_raced_again_by_the_other()
    {
        var goals = new KeptGoals(_nodes.Http);
        List<NodeProcess> coordinators = [await CoordinatorAsync(), await CoordinatorAsync()];
        var provers = await StartAsync("--roles", "prover", "--slots", $"{Watched + Form.Slots}", "--seed", _nodes.Started[0].Name);
        await KnowAsync(coordinators, 1);
        var again = new List<double>();
        using var over = new CancellationTokenSource();
        var load = LoadAsync(goals, coordinators, over.Token);
        for (var round = 0; round < Rounds; round++)
        {
            // Of two, the one with the higher address may be lost.
            NodeProcess[] inOrder = [.. coordinators.OrderBy(node => int.Parse(node.Address.Port, CultureInfo.InvariantCulture))];
            var (survivor, victim) = (inOrder[0], inOrder[1]);
            await ShareAsync(survivor, victim);
            var watched = await Task.WhenAll(Enumerable.Range(0, Watched).Select(_ => SubmitEndlessAsync(survivor)));
            var before = await RunningAsync(provers, watched);
            var lost = await KeptByAsync(victim, watched);
            victim.Signal(PosixSignals.Kill);
            var times = await RacedAgainAsync(provers, survivor, lost, before);
            again.AddRange(times);
            if (times.Any(time => time > s_slow.TotalMilliseconds))
                output.WriteLine($"round {round}, until {DateTime.UtcNow:HH:mm:ss.fff}: {new Figures(times)}\n{survivor.Story}\n{provers.Story}");
            await victim.ExitAsync();
            foreach (var id in watched)
                (await _nodes.Http.DeleteAsync(new Uri(survivor.Http, $"/v1/goals/{id}"))).EnsureSuccessStatusCode();
            lock (coordinators)
                coordinators.Remove(victim);
            var next = await CoordinatorAsync("--seed", survivor.Name);
            lock (coordinators)
                coordinators.Add(next);
            await KnowAsync(coordinators, 1);
        }

        await over.CancelAsync();
        await load;
        await _nodes.UntilAsync(async () => await goals.LookAsync(coordinators[0].Http, alsoAtOpen: true) == 0, "every goal that was acknowledged", TimeSpan.FromMinutes(5));
        Assert.True(goals.Acknowledged > Rounds && again.Count > Rounds, $"{goals.Acknowledged} goals are no load, or {again.Count} races no loss");
        await Eventually.True(() => provers.Provers.Look().Count == 0, "no prover is left", TimeSpan.FromMinutes(2), () => provers.Runs);
        var figures = new Figures(again);
        output.WriteLine(FormattableString.Invariant(
            $"figures: a coordinators' node of two killed {Rounds} times under load: {again.Count} races ran again on the other, from the kill: {figures}; {goals.Acknowledged} goals acknowledged beside them, all settled once, with the right verdict"));
    }

    private Task<NodeProcess> CoordinatorAsync(params string[] words) =>
        StartAsync([.. "--roles coordinator --http 0 --store".Split(' '), _url, .. _nodes.Started.Count > 0 && words.Length == 0 ? ["--seed", _nodes.Started[0].Name] : words]);

    private Task<NodeProcess> StartAsync(params string[] words) => _nodes.StartAsync(["--port", "0", .. words]);

    private async Task KnowAsync(List<NodeProcess> coordinators, int provers)
    {
        foreach (var node in coordinators)
        {
            await _nodes.UntilAsync(
                async () => JsonDocument.Parse(await _nodes.Http.GetStringAsync(new Uri(node.Http, "/v1/backends"))).RootElement.GetProperty("nodes").GetArrayLength() == provers,
                $"{node.Name} to know the provers' node");
        }
    }

    /// <summary>Waits until a third of the races is the victim's, or more: who has just joined has none.</summary>
    private Task ShareAsync(NodeProcess survivor, NodeProcess victim) => _nodes.UntilAsync(
        async () =>
        {
            var shards = JsonDocument.Parse(await _nodes.Http.GetStringAsync(new Uri(survivor.Http, "/v1/cluster/shards"))).RootElement.GetProperty("shards").EnumerateArray();
            var nodes = shards.Where(shard => shard.GetProperty("region").GetString() == "goals").Select(shard => shard.GetProperty("node").GetString()).ToArray();
            return nodes.Count(node => node == victim.Name) * 3 >= nodes.Length && nodes.Length >= Watched;
        },
        $"{victim.Name} to have its share of the shards");

    private async Task<string> SubmitEndlessAsync(NodeProcess node)
    {
        var id = $"w{Guid.NewGuid():N}";
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes($"c play: sleep 3600\nc {id}\np cnf 1 1\n1 0\n"));
        content.Headers.ContentType = new("application/dimacs");
        (await _nodes.Http.PostAsync(new Uri(node.Http, $"/v1/goals?id={id}&backends={Played.Player}&timeout=1h&priority=5"), content)).EnsureSuccessStatusCode();
        return id;
    }

    /// <summary>Waits until all the goals run, and says under which runs' names.</summary>
    private async Task<HashSet<string>> RunningAsync(NodeProcess provers, string[] watched)
    {
        HashSet<string> running = [];
        await Eventually.True(() => (running = Runs(provers, watched)).Count == Watched, "the watched goals run", TimeSpan.FromMinutes(1), _nodes.Told);
        return running;
    }

    /// <summary>Those of the goals whose coordinators are on that node.</summary>
    private async Task<HashSet<string>> KeptByAsync(NodeProcess node, IEnumerable<string> goals)
    {
        using var actors = JsonDocument.Parse(await _nodes.Http.GetStringAsync(new Uri(node.Http, "/v1/actors?path=/system/sharding/goals&depth=2&limit=1000")));
        return [.. actors.RootElement.GetProperty("actors").EnumerateArray().Select(actor => actor.GetProperty("goal").GetString()).OfType<string>().Intersect(goals)];
    }

    /// <summary>When each lost race ran again, in milliseconds from now.</summary>
    private async Task<List<double>> RacedAgainAsync(NodeProcess provers, NodeProcess survivor, HashSet<string> lost, HashSet<string> before)
    {
        var since = Stopwatch.StartNew();
        var again = new List<double>();
        var missing = lost.ToHashSet();
        while (missing.Count > 0)
        {
            foreach (var run in Runs(provers, [.. missing]).Where(before.Add))
            {
                again.Add(since.Elapsed.TotalMilliseconds);
                missing.Remove(run.Split('/')[0]);
            }

            // A race that had just moved to the survivor was not lost: its run goes on.
            if (since.Elapsed > s_slow && missing.Count > 0)
                missing.ExceptWith(await KeptByAsync(survivor, Runs(provers, [.. missing]).Intersect(before).Select(run => run.Split('/')[0])));
            Assert.True(since.Elapsed < s_patience, $"{again.Count} races ran again; within {s_patience} these did not: {string.Join(' ', missing)}\n{_nodes.Told()}");
            await Task.Delay(50);
        }

        return again;
    }

    private static HashSet<string> Runs(NodeProcess provers, string[] goals) => [.. provers.RunsAlive.Where(run => goals.Contains(run.Split('/')[0]))];

    private async Task LoadAsync(KeptGoals goals, List<NodeProcess> coordinators, CancellationToken over)
    {
        for (var turn = 0; !over.IsCancellationRequested; turn++)
        {
            try
            {
                NodeProcess node;
                lock (coordinators)
                    node = coordinators[turn % coordinators.Count];
                await goals.SubmitAsync(node.Http, 0.1);
                await Task.Delay(500, over);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }
}
