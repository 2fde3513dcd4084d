using System.Diagnostics;
using System.Text.RegularExpressions;
using ProverCluster.Messages.Goals;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;

namespace ProverCluster.Processes.World;

/// <summary>Nodes in processes of their own, and a client in this one, which is a node without provers. All of it is gone when it is disposed.</summary>
internal sealed partial class Nodes : IAsyncDisposable
{
    private static readonly TimeSpan s_betweenCalls = TimeSpan.FromMilliseconds(100);

    private readonly Undertaker _undertaker = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;
    private readonly List<NodeProcess> _started = [];
    private readonly List<(string Host, string Port)> _gone = [];
    private ProverNode? _client;

    private Nodes(Form form) => Form = form;

    public Form Form { get; }

    /// <summary>Those that are part of it now, as the test has it.</summary>
    public List<NodeProcess> Living { get; } = [];

    /// <summary>Null where all nodes are on loopback.</summary>
    public Links? Links { get; private set; }

    public ProverNode Client => _client!;

    /// <summary>A cluster of a test's own, which is gone after it.</summary>
    public static async Task WithAsync(Form form, int count, Func<Nodes, Task> test, bool links = false)
    {
        await using var nodes = await StartAsync(form, count, links);
        await test(nodes);
    }

    /// <param name="form">How.</param>
    /// <param name="count">How many nodes.</param>
    /// <param name="links">Whether each has a link of its own, which can be cut.</param>
    public static async Task<Nodes> StartAsync(Form form, int count, bool links = false)
    {
        var nodes = new Nodes(form);
        try
        {
            nodes.Links = links ? Links.Make(nodes._undertaker) : null;
            await nodes.AddAsync();
            // Side by side: a start waits for other things than processors.
            await Task.WhenAll(Enumerable.Range(1, count - 1).Select(_ => nodes.AddAsync()));
            await nodes.JoinAsync();
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>One node more, at an address that another one had or at a new one.</summary>
    public async Task<NodeProcess> AddAsync((string Host, string Port)? address = null)
    {
        string[] seeds;
        lock (Living)
            seeds = [.. Living.SelectMany(node => new[] { "--seed", node.Name })];
        var link = Links?.Next(address?.Host);
        NodeProcess node;
        try
        {
            node = await NodeProcess.StartAsync(
                Form, _undertaker, _folder, link?.Prefix ?? [], ["--host", link?.Host ?? "127.0.0.1", "--port", address?.Port ?? "0", .. seeds]);
        }
        catch (Exception e)
        {
            // What the others say tells why.
            throw new InvalidOperationException($"{e.Message}\n\n{Told()}", e);
        }

        lock (Living)
        {
            _started.Add(node);
            Living.Add(node);
        }
        return node;
    }

    /// <summary>It has come to its end, or will, and is to be started again in time.</summary>
    public void Miss(NodeProcess node)
    {
        Living.Remove(node);
        _gone.Add(node.Address);
    }

    /// <summary>Starts again what was missed, each where it was.</summary>
    public async Task CompleteAsync()
    {
        var gone = _gone.ToArray();
        _gone.Clear();
        await Task.WhenAll(gone.Select(address => AddAsync(address)));
    }

    /// <summary>The node of that name that is part of it now.</summary>
    public NodeProcess this[string name] => Living.Single(node => node.Name == name);

    /// <summary>
    /// Lets the player of an awaiting goal go on, wherever it is by now, until the goal is answered: where its coordinator has died it is begun anew, and its new player
    /// knows nothing of a call that the former one heard.
    /// </summary>
    public async Task CallAsync(Story story)
    {
        var limit = Busy.Allow(Patience.Usual);
        var since = Stopwatch.StartNew();
        while (await Task.WhenAny(story.Answered, Task.Delay(s_betweenCalls)) != story.Answered)
        {
            Assert.True(since.Elapsed < limit, $"called for {since.Elapsed.TotalSeconds:0} s, and not answered: {story.Told}\n{Told()}");
            Living.ForEach(node => node.Call(story.Played.Goal.Id));
        }
    }

    /// <summary>What every node has said, for a test that fails.</summary>
    public string Told() => string.Join("\n\n", _started.Select(node => node.Story));

    /// <summary>The clients' goals have come to their end: nothing of them is left anywhere.</summary>
    public async Task NoProverLivesAsync()
    {
        foreach (var node in _started)
            await node.NoProverLivesAsync();
    }

    /// <summary>Each of those goals was settled once, by one coordinator, as the nodes' logs have it: whatever comes after the first answer no client sees.</summary>
    public async Task AssertSettledOnceAsync(IReadOnlyList<GoalAnswer> answers)
    {
        // An answer is told before it is written down.
        await Eventually.True(() => Settlements() is var all && answers.All(answer => all.ContainsKey(answer.Id.Value)), "a node has settled each goal", instead: Told);
        var settled = Settlements();
        Assert.Empty(answers.Where(answer => settled[answer.Id.Value] != 1).Select(answer => $"{answer.Id} was settled {settled[answer.Id.Value]} times"));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Nodes first: the client would wait for their farewell.
            await _undertaker.DisposeAsync();
            if (_client is not null)
                await _client.EndAsync();
        }
        finally
        {
            _started.ForEach(node => node.Dispose());
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>How often each goal was settled.</summary>
    private Dictionary<string, int> Settlements() => _started.SelectMany(node => SettledGoal.Matches(node.Said)).CountBy(match => match.Groups[1].Value).ToDictionary();

    [GeneratedRegex("goal ([^ ]+) is settled: ")]
    private static partial Regex SettledGoal { get; }

    private async Task JoinAsync()
    {
        var config = Path.Combine(_folder, "client.conf");
        await File.WriteAllTextAsync(config, $"{Form.Settings}\nakka.loglevel = OFF\n");
        var files = SettingsFiles.Load([config]);
        var settings = NodeSettings.Read(files) with { Slots = 1 };
        var place = new ClusterPlace(Links?.Here ?? "127.0.0.1", 0, [.. Living.Select(node => node.Name)], []);
        using var patience = new CancellationTokenSource(Busy.Allow(Patience.Usual));
        _client = await ProverNode.StartAsync(settings, BackendCatalogue.Read(files), place, patience.Token);
        await _client.UpAsync().WaitAsync(patience.Token);
    }
}
