using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Node.Membership;

namespace ProverCluster.Tests.Chaos;

/// <summary>
/// What befalls the nodes of one schedule. Which fault and which node is a matter of the seed. Never so many at once that what is left is no majority of
/// the coordinators: then nobody would go on, and rightly so.
/// </summary>
internal sealed class Faults(TestCluster cluster, Random random, int mostNodes = 6)
{
    /// <summary>What may happen, by the name under which it is counted.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["crashes", "drains", "isolations", "cut links", "heals", "slow links", "joins"];

    /// <summary>An answer, over a slow link at worst.</summary>
    private static readonly TimeSpan s_onTheWay = TimeSpan.FromSeconds(2);

    /// <summary>Until a node is missed that is silent, and a coordinator gives up a race that was for a flight there.</summary>
    private static readonly TimeSpan s_missed = TimeSpan.FromSeconds(16);

    private readonly List<TestNode> _harmed = [];
    private readonly List<(TestNode One, TestNode Other)> _cut = [];
    private readonly Dictionary<TestNode, Task> _leaving = [];

    /// <summary>Until how many more things have happened.</summary>
    private readonly Dictionary<(TestNode One, TestNode Other), int> _slow = [];

    private readonly ConcurrentDictionary<string, bool> _cutOff = [];

    /// <summary>From when until when a node was kept from being heard; for ever, if it was never mended.</summary>
    private readonly List<(string Mark, long From, long Until)> _silences = [];

    private readonly ConcurrentQueue<string> _log = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public SortedDictionary<string, int> Counts { get; } = [];

    /// <summary>What happened when to whom, a line each.</summary>
    public IEnumerable<string> Log => _log;

    /// <summary>Whether a link of the node with that mark was ever cut, or slowed: what is said to it may come late.</summary>
    public bool WasCutOff(string mark) => _cutOff.ContainsKey(mark);

    /// <summary>
    /// Whether nobody may have heard of it: its node had crashed or was cut off, or was about to, with the answer on its way, or was mended just before; or, for a goal in a flight,
    /// that befell any node not long ago, since the flight may have been there. A coordinator that cannot be heard, and so holds those who wait for gone, gives the race up; it is
    /// begun anew when they ask.
    /// </summary>
    public bool MayBeUnheard(SubmittedGoal goal, Settlement told)
    {
        var putOut = cluster.PutOut;
        lock (_silences)
        {
            // Who is put out does not come back; and without having been harmed, since when is not known.
            return _silences.Any(silence => silence.Mark == told.Node && (told.IsWithdrawn || IsIn(told.At, silence.From, putOut.Contains(told.Node) ? long.MaxValue : silence.Until)))
                || (goal.IsFlown && (told.IsWithdrawn ? !_cutOff.IsEmpty || _silences.Count > 0 : _silences.Any(silence => IsIn(told.At, silence.From, silence.From + Span(s_missed)))))
                || putOut.Except(_silences.Select(silence => silence.Mark)).Any(mark => goal.IsFlown || mark == told.Node);
        }
    }

    /// <summary>Whether the node of that name was told to leave, and nothing else befell it.</summary>
    public bool WasDrained(string name) => _leaving.Keys.Any(node => node.Name == name && !WasCutOff(node.Mark));

    public async Task HappenAsync()
    {
        await QuickenAsync();

        // What was harmed counts until nobody reckons with it any more, or it is back.
        _harmed.RemoveAll(node => node.IsGone ? !cluster.IsMember(node) : !_leaving.ContainsKey(node) && !IsCut(node) && cluster.IsInReach(node));
        var well = cluster.Nodes.Except(_harmed).ToArray();
        Func<Task>? happen = random.Next(11) switch
        {
            0 or 1 when MayHarm(1) && well.Length > 0 => () => CrashAsync(Any(well)),
            2 or 3 when MayHarm(1) && well.Length > 0 => () => DrainAsync(Any(well)),
            4 or 5 when MayHarm(1) && well.Length > 0 => () => IsolateAsync(Any(well)),
            6 when MayHarm(2) && well.Length > 1 => () => CutAsync(well),
            7 when cluster.Nodes.Any(IsCut) => HealAsync,
            8 or 9 when well.Length > 1 => () => SlowAsync(well),
            // Who came behind a cut and heard both sides would be heard by both, and make each of them hold the other for half dead.
            _ when well.Length < mostNodes && !cluster.Nodes.Any(IsCut) => JoinAsync,
            _ => null,
        };
        if (happen is not null)
            await happen();
    }

    /// <summary>Mends every link, waits for what is on its way out, and sees that there are enough nodes to end with.</summary>
    public async Task EndAsync()
    {
        await MendAsync();
        await QuickenAllAsync();
        await Task.WhenAll(_leaving.Values);
        if (cluster.Nodes.Count < 2)
            await JoinAsync();
    }

    /// <summary>
    /// Nothing more happens, and every link that is there is as fast as before. A slow one takes less than is said in a busy moment: if it stayed so for as long as somebody waits,
    /// what was said would come later and later, until nobody hears within the time that an asker is given to be found.
    /// </summary>
    public async Task QuickenAllAsync()
    {
        while (_slow.Count > 0)
            await QuickenAsync();
    }

    private bool MayHarm(int more) => 2 * (_harmed.Count + more) < cluster.UpCoordinators;

    private bool IsCut(TestNode node) => _cut.Any(link => (link.One == node || link.Other == node) && !link.One.IsGone && !link.Other.IsGone);

    private TestNode Any(TestNode[] nodes) => nodes[random.Next(nodes.Length)];

    private async Task CrashAsync(TestNode node)
    {
        Note("crashes", node);
        Silence(node);
        _harmed.Add(node);
        await cluster.CrashAsync(node);
    }

    private Task DrainAsync(TestNode node)
    {
        Note("drains", node);
        _harmed.Add(node);
        _leaving[node] = node.DrainAsync(TimeSpan.FromSeconds(random.NextDouble()));
        return Task.CompletedTask;
    }

    private async Task IsolateAsync(TestNode node)
    {
        Note("isolations", node);
        _cutOff[node.Mark] = true;
        Silence(node);
        _harmed.Add(node);
        _cut.AddRange(cluster.Everyone.Where(other => other != node).Select(other => (node, other)));
        await cluster.IsolateAsync(node);
    }

    /// <summary>One link of two nodes that all others hear: both are put out, since nobody can say whose fault it is.</summary>
    private async Task CutAsync(TestNode[] well)
    {
        var two = well.OrderBy(_ => random.Next()).Take(2).ToArray();
        Note("cut links", two);
        foreach (var node in two)
        {
            _cutOff[node.Mark] = true;
            Silence(node);
        }

        _harmed.AddRange(two);
        _cut.Add((two[0], two[1]));
        await two[0].CutAsync(two[1]);
    }

    /// <summary>One link delivers late, both ways, which is nobody's loss.</summary>
    private async Task SlowAsync(TestNode[] well)
    {
        var two = well.OrderBy(_ => random.Next()).Take(2).ToArray();
        Note("slow links", two);
        foreach (var node in two)
            _cutOff[node.Mark] = true;
        _slow[(two[0], two[1])] = random.Next(1, 4);
        await two[0].SlowAsync(two[1]);
        await two[1].SlowAsync(two[0]);
    }

    private async Task QuickenAsync()
    {
        foreach (var (link, more) in _slow.ToArray())
        {
            _slow[link] = more - 1;
            if (more > 0)
                continue;
            _slow.Remove(link);
            await QuickenAsync(link.One, link.Other);
            await QuickenAsync(link.Other, link.One);
        }
    }

    /// <summary>Where it was cut meanwhile, it stays so.</summary>
    private async Task QuickenAsync(TestNode one, TestNode other)
    {
        if (!one.IsGone && !_cut.Contains((one, other)))
            await one.HealAsync(other);
    }

    private async Task HealAsync()
    {
        Note("heals", [.. _cut.Select(link => link.One).Distinct()]);
        await MendAsync();
    }

    private async Task MendAsync()
    {
        foreach (var (one, other) in _cut.Where(link => !link.One.IsGone))
            await one.HealAsync(other);
        lock (_silences)
        {
            var mended = _cut.SelectMany(link => new[] { link.One, link.Other }).Where(node => !node.IsGone).Select(node => node.Mark).ToHashSet();
            for (var i = 0; i < _silences.Count; i++)
                _silences[i] = mended.Contains(_silences[i].Mark) ? _silences[i] with { Until = Math.Min(_silences[i].Until, Stopwatch.GetTimestamp()) } : _silences[i];
        }

        _cut.Clear();
    }

    private async Task JoinAsync()
    {
        Note("joins", await cluster.BeginJoinAsync(NodeRoles.All));
    }

    private static bool IsIn(long at, long from, long until) => at >= from - Span(s_onTheWay) && at - Span(s_onTheWay) <= until;

    private static long Span(TimeSpan idle) => (long)(Busy.Promised(idle).TotalSeconds * Stopwatch.Frequency);

    private void Silence(TestNode node)
    {
        lock (_silences)
            _silences.Add((node.Mark, Stopwatch.GetTimestamp(), long.MaxValue));
    }

    private void Note(string what, params TestNode[] nodes)
    {
        Counts[what] = Counts.GetValueOrDefault(what) + 1;
        var known = string.Join(' ', cluster.Client.Cluster.State.Members.Select(member => $"{member.Address.Port}:{member.Status}"));
        _log.Enqueue(FormattableString.Invariant($"{_clock.Elapsed.TotalSeconds:0.000} {what} {string.Join(' ', (IEnumerable<TestNode>)nodes)} of {known}"));
    }
}
