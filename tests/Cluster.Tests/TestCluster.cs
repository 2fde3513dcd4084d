using System.Collections.Immutable;
using Akka.Cluster;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;

namespace ProverCluster.Tests;

/// <summary>
/// A cluster in this process: nodes that do all there is to do, and that faults may befall, and one without a role of its own, which is never harmed. Goals are
/// submitted there, as by a client.
/// </summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private const string Loopback = "127.0.0.1";
    private const int SigUsr1 = 10;

    private readonly string _hocon;
    private readonly Entry[] _entries;
    private readonly string _prefix = $"t{Guid.NewGuid():N}"[..13];
    private ImmutableList<TestNode> _all = [];
    private int _nodes;
    private int _submitted;
    private int _ids;

    private TestCluster(string hocon, Entry[] entries) => (_hocon, _entries) = (hocon, entries);

    public TestNode Client { get; private set; } = null!;

    /// <summary>Where its goals were settled.</summary>
    public Settlements Settlements { get; } = new();

    /// <summary>Those that run provers or coordinate, and have not come to their end.</summary>
    public IReadOnlyList<TestNode> Nodes => [.. Volatile.Read(ref _all).Where(node => !node.IsGone)];

    public IEnumerable<TestNode> Everyone => [Client, .. Nodes];

    /// <summary>All processes of all its goals.</summary>
    public ProverProcesses Processes => new(environment => environment.Contains($"\0PROVER_CLUSTER_RUN={_prefix}-", StringComparison.Ordinal));

    /// <summary>A cluster of so many nodes, beside the client's, that have all roles.</summary>
    public static Task<TestCluster> StartAsync(int nodes, string hocon, params Entry[] entries) =>
        StartAsync([.. Enumerable.Repeat(NodeRoles.All, nodes)], hocon, entries);

    /// <param name="nodes">The roles of each, beside the client's.</param>
    /// <param name="hocon">Further settings.</param>
    /// <param name="entries">Backends; a goal is raced on all of them unless it names others.</param>
    public static async Task<TestCluster> StartAsync(IReadOnlyList<string>[] nodes, string hocon, params Entry[] entries)
    {
        var cluster = new TestCluster(hocon, entries);
        try
        {
            cluster.Client = await cluster.StartNodeAsync([], entries);
            foreach (var roles in nodes)
                await cluster.BeginJoinAsync(roles);
            await cluster.KnowEachOtherAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A further node, which is up and known to all when this returns.</summary>
    public async Task<TestNode> JoinAsync(IReadOnlyList<string> roles, params Entry[] others)
    {
        var node = await BeginJoinAsync(roles, others);
        await KnowEachOtherAsync();
        return node;
    }

    /// <summary>A further node, which finds its way into the cluster by itself.</summary>
    public async Task<TestNode> BeginJoinAsync(IReadOnlyList<string> roles, params Entry[] others)
    {
        var node = await StartNodeAsync(roles, others.Length == 0 ? _entries : others);
        ImmutableInterlocked.Update(ref _all, all => all.Add(node));
        return node;
    }

    /// <summary>The node of that name.</summary>
    public TestNode this[string name] => Nodes.Single(node => node.Name == name);

    /// <summary>The node where the goal's coordinator is.</summary>
    public async Task<TestNode> CoordinatorOfAsync(SubmittedGoal goal)
    {
        foreach (var node in Nodes.Where(node => node.IsCoordinator))
        {
            if ((await node.CoordinatorsAsync()).Contains(goal.Id.Value))
                return node;
        }

        throw new InvalidOperationException($"{goal.Id} has no coordinator");
    }

    public Task CrashAsync(TestNode node) => node.CrashAsync(Everyone.Where(other => other != node));

    /// <summary>Cuts every link of a node. It is one of few, so it will be put out, unless it is healed before.</summary>
    public Task IsolateAsync(TestNode node) => Task.WhenAll(Everyone.Where(other => other != node).Select(node.CutAsync));

    public Task HealAsync(TestNode node) => Task.WhenAll(Everyone.Where(other => other != node).Select(node.HealAsync));

    /// <summary>The marks of the nodes that ended since the others had given them up.</summary>
    public IReadOnlySet<string> PutOut => Volatile.Read(ref _all).Where(node => node.Node.WasCutOff).Select(node => node.Mark).ToHashSet();

    /// <summary>Whether the client still reckons with it.</summary>
    public bool IsMember(TestNode node) => Client.Cluster.State.Members.Any(member => member.UniqueAddress == node.Cluster.SelfUniqueAddress);

    /// <summary>How many coordinators the client knows, as the resolver of a split brain counts them.</summary>
    public int UpCoordinators => Client.Cluster.State.Members.Count(member => member.Status == MemberStatus.Up && member.HasRole(NodeRoles.Coordinator));

    /// <summary>Whether everybody hears it, and it hears everybody.</summary>
    public bool IsInReach(TestNode node) =>
        node.Cluster.State.Unreachable.Count == 0 && Client.Cluster.State.Unreachable.All(member => member.UniqueAddress != node.Cluster.SelfUniqueAddress);

    /// <summary>The runs of its goals that have a process, and the mark of the node that has it, as the environment of each says; a quick look.</summary>
    public IReadOnlyList<(RunId Run, string Node)> LivingRuns() =>
    [
        .. from seen in ProverProcesses.Runs(TestNode.Variable)
           where seen.Run.StartsWith($"{_prefix}-", StringComparison.Ordinal)
           select (RunId.Parse(seen.Run), seen.Also ?? ""),
    ];

    /// <summary>Waits until everyone sees everyone up and nobody else, and every coordinator knows every prover's node.</summary>
    public async Task KnowEachOtherAsync()
    {
        await Eventually.True(
            () => Everyone.All(Sees) && Nodes.All(node => !node.IsCoordinator || KnowsProvers(node)),
            "everyone knows everyone",
            TimeSpan.FromMinutes(2),
            () => string.Join("; ", Everyone.Select(node => $"{node}: {string.Join(' ', node.Cluster.State.Members)}, knows {string.Join(' ', node.Board.Nodes.Keys)}")));
    }

    /// <summary>Submits a goal.</summary>
    /// <param name="play">What a puppet plays that leaves the play to the goal.</param>
    /// <param name="change">What is not as usual about the goal.</param>
    /// <param name="at">Where; the client's node if none is named.</param>
    /// <param name="isFlown">Whether by a flight, as goals are that come over HTTP.</param>
    public SubmittedGoal Submit(string play = "say unsat", Func<Goal, Goal>? change = null, TestNode? at = null, bool isFlown = false)
    {
        var number = Interlocked.Increment(ref _submitted);
        var text = System.Text.Encoding.UTF8.GetBytes($"c play: {play}\nc {number}\np cnf 1 1\n1 0\n");
        Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, text, out var document, out _));
        var goal = new Goal(
            NextId(),
            $"goal {number}",
            GoalLanguage.Dimacs,
            TextDigest.Of(text),
            new GoalLimits(TimeSpan.FromMinutes(2), null, null, 1L << 30, 1 << 20),
            Strategy.Speculative,
            [.. _entries.Select(entry => entry.Backend)],
            KeepOutput: false,
            new Dictionary<string, string>());
        goal = change is null ? goal : change(goal);
        return isFlown ? Fly(goal, document, at ?? Client) : Submit(goal, document, at);
    }

    /// <summary>An id by which the processes of this cluster's goals are known.</summary>
    public GoalId NextId() => GoalId.Parse($"{_prefix}-{Interlocked.Increment(ref _ids)}");

    public SubmittedGoal Submit(Goal goal, GoalDocument document, TestNode? at = null) =>
        new(goal, isFlown: false, (progress, withdraw) => (at ?? Client).Node.RaceAsync(goal, document, progress, withdraw));

    /// <summary>Submits a goal that is answered by a flight, as goals are that come over HTTP.</summary>
    public static SubmittedGoal Fly(Goal goal, GoalDocument document, TestNode at) =>
        new(goal, isFlown: true, (progress, withdraw) => at.FlyAsync(goal, document, progress, withdraw));

    /// <summary>Lets so many puppets go on that wait for it, or will in a moment: to have started is not yet to wait.</summary>
    public async Task CallAsync(int count)
    {
        ProverProcesses.Seen[] waiting = [];
        await Eventually.True(
            () => (waiting = [.. Processes.Look().Where(process => ProverProcesses.Catches(process.Pid, SigUsr1))]).Length >= count, $"{count} puppets await their call");
        foreach (var process in waiting)
        {
            using var kill = System.Diagnostics.Process.Start("kill", ["-USR1", $"{process.Pid}"]);
            await kill.WaitForExitAsync();
        }
    }

    /// <summary>After its goals a cluster is as it was before them: no process, no text, no goal that waits, no slot taken, no coordinator, no flight.</summary>
    public async Task AssertNothingIsLeftAsync()
    {
        await Eventually.True(() => LeftAsync().Result.Count == 0, "nothing is left", TimeSpan.FromSeconds(30), () => string.Join("; ", LeftAsync().Result));
    }

    private async Task<IReadOnlyList<string>> LeftAsync()
    {
        var left = Processes.Look().Select(process => $"process {process.Pid} ({process.Name})").ToList();
        left.AddRange(Everyone.Where(node => node.Texts.Count > 0).Select(node => $"{node} holds {node.Texts.Count} texts"));
        foreach (var node in Nodes.Where(node => node.IsCoordinator))
        {
            left.AddRange((await node.CoordinatorsAsync()).Select(id => $"{node} coordinates {id}"));
            left.AddRange((await node.FlightsAsync()).Select(name => $"{node} has the flight {name}"));
            left.AddRange(node.Board.Nodes.Values.Where(entry => entry.Offered.Waiting > 0 || entry.Offered.Free < entry.Offered.Slots).Select(entry => $"{node} knows {entry.Offered}"));
        }

        return left;
    }

    public async ValueTask DisposeAsync()
    {
        // All at once, and none of them waits for the others to see it go.
        await Task.WhenAll(_all.Append(Client).OfType<TestNode>().Select(node => node.CrashAsync([])));
    }

    private bool KnowsProvers(TestNode node) =>
        node.Board.Nodes.Values.All(entry => entry.IsReachable)
        && Nodes.Where(each => each.IsProver).Select(each => each.Name).ToHashSet().SetEquals(node.Board.Nodes.Keys);

    private bool Sees(TestNode node) =>
        node.Cluster.State is { Unreachable.Count: 0 } state
        && state.Members.All(member => member.Status == MemberStatus.Up)
        && state.Members.Select(member => member.Address).ToHashSet().SetEquals(Everyone.Select(each => each.Cluster.SelfAddress));

    private async Task<TestNode> StartNodeAsync(IReadOnlyList<string> roles, Entry[] entries)
    {
        var mark = $"n{Interlocked.Increment(ref _nodes)}";
        var files = SettingsFiles.LoadShipped()
            .With("fast.conf", FastSettings.Hocon)
            .With("entries.conf", string.Concat(entries.Select(entry => entry.Hocon(mark))) + "prover-cluster { }")
            .With("spec.conf", "prover-cluster { slots = 4 }")
            .With("more.conf", "prover-cluster { }\n" + _hocon);
        if (entries.Length == 0)
            files = files.With("marks.conf", string.Concat(BackendCatalogue.Read(files).Installed.Select(each => Mark(each.Backend.Name, mark))) + "prover-cluster { }");
        var place = new ClusterPlace(Loopback, 0, Client is null ? [] : [Client.Name], roles);
        var node = await ProverNode.StartAsync(
            NodeSettings.Read(files), BackendCatalogue.Read(files), place, services => services.AddSingleton(TextWriter.Null), CancellationToken.None);
        Settlements.Hear(node.System, mark);
        return new TestNode(node, roles, mark);
    }

    private static string Mark(BackendName backend, string mark) => $"prover-cluster.backends.{backend}.environment.{TestNode.Variable} = \"{mark}\"\n";
}
