using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Tests;

/// <summary>Goals that ask the same at different nodes, and what becomes of them when their flight moves or is lost.</summary>
[Collection("cluster")]
public sealed class FlightSpecs
{
    private static readonly IReadOnlyList<string>[] Nodes = [Roles.Coordinator, Roles.Coordinator, Roles.Prover];

    [Fact]
    public async Task Goals_at_all_nodes_share_one_race()
    {
        await using var cluster = await TestCluster.StartAsync(Nodes, "", Entry.Plays("player", "goal {goal}"));
        var boarded = Enumerable.Range(0, 4).SelectMany(_ => cluster.Everyone).Select(node => Board(cluster, node, "await say unsat")).ToArray();
        await Eventually.True(() => boarded.All(each => each.Started.Any()), "all heard of the start");
        await cluster.CallAsync(1);
        var answers = await Task.WhenAll(boarded.Select(each => each.Answer));

        AssertProvedInOneRace(answers);
        Assert.Single(answers, answer => answer.Origin is null);
        await cluster.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_flight_that_moves_goes_on_with_its_race()
    {
        await using var cluster = await TestCluster.StartAsync(Nodes, "", Entry.Plays("player", "goal {goal}"));
        var boarded = Enumerable.Range(0, 6).Select(_ => Board(cluster, cluster.Client, "await say unsat")).ToArray();
        await Eventually.True(() => boarded.All(each => each.Started.Any()), "all heard of the start");
        await (await FlownByAsync(cluster)).DrainAsync(TimeSpan.FromSeconds(10));
        await cluster.KnowEachOtherAsync();
        await cluster.CallAsync(1);

        AssertProvedInOneRace(await Task.WhenAll(boarded.Select(each => each.Answer)));
        // A second race for nobody would take its time.
        await cluster.AssertNothingIsLeftAsync();
        await cluster.Settlements.AssertOneAsync(boarded);
    }

    [Fact]
    public async Task A_flight_whose_node_dies_is_boarded_again()
    {
        await using var cluster = await TestCluster.StartAsync([.. Nodes, Roles.Coordinator], "", Entry.Plays("player", "goal {goal}"));
        var boarded = Enumerable.Range(0, 6).Select(_ => Board(cluster, cluster.Client, "sleep 8 say unsat")).ToArray();
        await Eventually.True(() => boarded.All(each => each.Started.Any()), "all heard of the start");
        await cluster.CrashAsync(await FlownByAsync(cluster));

        Assert.All(await Task.WhenAll(boarded.Select(each => each.Answer)), answer => Assert.Equal(Verdict.Proved, answer.Verdict));
        await cluster.AssertNothingIsLeftAsync();
    }

    private static void AssertProvedInOneRace(GoalAnswer[] answers)
    {
        Assert.All(answers, answer => Assert.Equal(Verdict.Proved, answer.Verdict));
        Assert.Single(answers.SelectMany(answer => answer.Runs).Select(row => (row.Run.Incarnation, row.Run.Attempt)).Distinct());
        Assert.Equal(answers.Length, answers.Select(answer => answer.Id).Distinct().Count());
    }

    private static async Task<TestNode> FlownByAsync(TestCluster cluster)
    {
        foreach (var node in cluster.Nodes.Where(node => node.IsCoordinator))
        {
            if ((await node.FlightsAsync()).Count > 0)
                return node;
        }

        throw new InvalidOperationException("nobody has a flight");
    }

    /// <summary>A goal of the same text as all others of its spec, at a node.</summary>
    private static SubmittedGoal Board(TestCluster cluster, TestNode node, string play)
    {
        Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, System.Text.Encoding.ASCII.GetBytes($"c play: {play}\np cnf 1 1\n1 0\n"), out var document, out _));
        var goal = new Goal(
            cluster.NextId(), "goal", GoalLanguage.Dimacs, TextDigest.Of(document.Text.Span), new GoalLimits(TimeSpan.FromMinutes(2), null, null, 1 << 30, 1 << 20),
            Strategy.Speculative, [BackendName.Parse("player")], KeepOutput: false, new Dictionary<string, string>());
        return TestCluster.Fly(goal, document, node);
    }
}
