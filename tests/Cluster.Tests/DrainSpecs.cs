using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Texts;

namespace ProverCluster.Tests;

/// <summary>Nodes that leave in order, and nodes that come.</summary>
[Collection("cluster")]
public sealed class DrainSpecs
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(25);
    private static readonly Entry s_player = Entry.Plays("player", "goal {goal}");

    [Fact]
    public async Task A_node_that_is_drained_lets_its_provers_finish_and_those_that_do_not_are_placed_elsewhere()
    {
        await using var cluster = await TestCluster.StartAsync([Roles.Coordinator, Roles.Prover], "", s_player);
        var (short_, long_) = (cluster.Submit("sleep 2 say unsat"), cluster.Submit("deaf children 1 await say sat"));
        await Task.WhenAll(short_.StartsAsync(1), long_.StartsAsync(1));
        var (leaving, staying) = (cluster.Nodes[^1], await cluster.JoinAsync(Roles.Prover));
        var drained = leaving.DrainAsync(TimeSpan.FromSeconds(4));

        var first = Assert.Single((await short_.Answer).Runs);
        Assert.Equal((RunOutcome.Won, leaving.Name, 1), (first.Outcome, first.Node, first.Run.Attempt));
        Assert.Equal(staying.Name, Assert.Single((await cluster.Submit().Answer).Runs).Node);
        await drained;

        await long_.StartsAsync(2);
        await cluster.CallAsync(1);
        var answer = await long_.Answer;
        Assert.Equal(Verdict.Refuted, answer.Verdict);
        Assert.Equal([(leaving.Name, RunOutcome.Lost), (staying.Name, RunOutcome.Won)], answer.Runs.Select(row => (row.Node, row.Outcome)));
        Assert.Equal(StopReason.Drained, answer.Runs[0].Stop!.Reason);
        await cluster.KnowEachOtherAsync();
        Assert.Empty(cluster.Processes.Look());
    }

    [Fact]
    public async Task A_coordinators_node_that_leaves_hands_its_races_over_and_no_prover_is_started_again()
    {
        await using var cluster = await TestCluster.StartAsync([Roles.Coordinator, Roles.Coordinator, Roles.Prover], "prover-cluster.slots = 16", s_player);
        var goals = await BeginAsync(cluster, 12);
        // On a busy machine the other node is the first to be known to whoever gives out the shards.
        await Eventually.True(() => cluster.Nodes[0].CoordinatorsAsync().Result.Any(), "coordinators are on the node that leaves", TimeSpan.FromMinutes(1));
        Assert.NotEmpty(await cluster.Nodes[0].CoordinatorsAsync());
        await cluster.Nodes[0].DrainAsync(s_grace);
        await EndAsync(cluster, goals);
    }

    [Fact]
    public async Task A_coordinators_node_that_joins_takes_races_over_and_no_prover_is_started_again()
    {
        await using var cluster = await TestCluster.StartAsync([Roles.Coordinator, Roles.Prover], "prover-cluster.slots = 16", s_player);
        var goals = await BeginAsync(cluster, 12);
        var joined = await cluster.JoinAsync(Roles.Coordinator);
        IReadOnlyList<string> moved = [];
        await Eventually.True(() => (moved = joined.CoordinatorsAsync().Result).Count > 0, "coordinators move to the new node", TimeSpan.FromMinutes(1));
        Assert.All(moved, id => Assert.Contains(goals, goal => goal.Id.Value == id));
        await EndAsync(cluster, goals);
    }

    [Fact]
    public async Task Rolling_through_all_nodes_under_load_loses_no_goal_and_settles_none_twice()
    {
        await using var cluster = await TestCluster.StartAsync(2, "prover-cluster.slots = 3", s_player, Entry.Plays("other", "sleep 0.3 goal {goal}"));
        var goals = new List<SubmittedGoal>();
        foreach (var old in cluster.Nodes.ToArray())
        {
            goals.AddRange(Enumerable.Range(0, 10).Select(i => cluster.Submit($"sleep 0.{i} say unsat")));
            await cluster.JoinAsync(NodeRoles.All);
            await old.DrainAsync(TimeSpan.FromSeconds(1));
        }

        foreach (var goal in goals)
            Assert.Equal(Verdict.Proved, (await goal.Answer).Verdict);
        await cluster.KnowEachOtherAsync();
        await cluster.AssertNothingIsLeftAsync();
        await cluster.Settlements.AssertOnceAsync(goals);
    }

    [Fact]
    public async Task A_node_that_leaves_stays_until_the_texts_are_fetched_that_it_has_promised()
    {
        await using var cluster = await TestCluster.StartAsync(2, "", s_player);
        var leaving = cluster.Nodes[0];
        var text = Encoding.ASCII.GetBytes("p cnf 1 1000000\n" + string.Concat(Enumerable.Repeat("1 0\n", 1_000_000)));
        Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, text, out var document, out _));
        var digest = TextDigest.Of(text);
        leaving.Texts.Hold(digest, document);
        leaving.Texts.Promise(digest);

        var goalsEnd = leaving.GoalsEnd();
        var drained = leaving.DrainAsync(s_grace);
        await goalsEnd;
        Assert.Null((await cluster.Client.FetchAsync(new FetchText(cluster.NextId(), digest, GoalLanguage.Dimacs, leaving.Cluster.SelfAddress.ToString()))).Fault);
        await drained;
    }

    private static async Task<SubmittedGoal[]> BeginAsync(TestCluster cluster, int count)
    {
        var goals = Enumerable.Range(0, count).Select(_ => cluster.Submit("await say unsat")).ToArray();
        await Task.WhenAll(goals.Select(goal => goal.StartsAsync(1)));
        return goals;
    }

    /// <summary>Lets all of them end: each in the process that it began with.</summary>
    private static async Task EndAsync(TestCluster cluster, SubmittedGoal[] goals)
    {
        await cluster.CallAsync(goals.Length);
        foreach (var goal in goals)
        {
            var row = Assert.Single((await goal.Answer).Runs);
            Assert.Equal((RunOutcome.Won, goal.Started.First().Run), (row.Outcome, row.Run));
            Assert.Single(goal.Started.Select(started => started.Run).Distinct());
        }

        await cluster.AssertNothingIsLeftAsync();
        await cluster.Settlements.AssertOnceAsync(goals);
    }
}
