using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Tests;

/// <summary>Nodes are lost: with provers at work on them, with coordinators, or behind a link that is cut.</summary>
[Collection("cluster")]
public sealed class LossSpecs
{
    private const string OneSlot = "prover-cluster.slots = 1";

    private static readonly Entry s_player = Entry.Plays("player", "goal {goal}");

    [Fact]
    public async Task Runs_of_a_lost_node_are_lost_and_placed_again_elsewhere_once()
    {
        await using var cluster = await TestCluster.StartAsync([Roles.Coordinator, Roles.Coordinator, Roles.Prover, Roles.Prover, Roles.Prover], OneSlot, s_player);
        var goal = cluster.Submit("deaf children 1 sleep 1000");
        await goal.StartsAsync(1);
        await cluster.CrashAsync(cluster[goal.Started.Single().Node]);
        await goal.StartsAsync(2);
        await cluster.CrashAsync(cluster[goal.Started.Last().Node]);

        // There is a third node, but what takes two nodes with it shall not take a third.
        var answer = await goal.Answer;
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        Assert.Equal([(1, RunOutcome.Lost), (2, RunOutcome.Lost)], answer.Runs.Select(row => (row.Run.Attempt, row.Outcome)));
        Assert.Equal(2, answer.Runs.Select(row => row.Node).Distinct().Count());
        Assert.Empty(goal.Processes.Look());
    }

    [Fact]
    public async Task Whoever_waits_for_a_goal_whose_coordinator_is_lost_finds_it_again_with_what_is_left_of_its_deadline()
    {
        await using var cluster = await TestCluster.StartAsync([Roles.Coordinator, Roles.Coordinator, Roles.Coordinator, Roles.Prover], "", s_player);
        var timeout = Busy.Allow(TimeSpan.FromSeconds(16));
        var since = Stopwatch.StartNew();
        var goal = cluster.Submit("deaf children 1 sleep 1000", goal => goal with { Limits = goal.Limits with { Timeout = timeout } });
        await goal.StartsAsync(1);
        await cluster.CrashAsync(await cluster.CoordinatorOfAsync(goal));
        await goal.StartsAsync(2);
        var (first, second) = (goal.Started.First().Run, goal.Started.Last().Run);
        Assert.True(second.Incarnation > first.Incarnation);

        // Its node has learned of the later life of the coordinator by now.
        await Eventually.True(() => goal.LivingIncarnations.SequenceEqual([second.Incarnation]), "what the first coordinator began is ended", Busy.Promised(TimeSpan.FromSeconds(5)));

        // A report that comes late is nobody's.
        cluster.Client.Goals.Tell(new RunEvents.Concluded(first, Verdict.Proved, SzsStatus.Unsatisfiable, TimeSpan.FromSeconds(1)));
        var answer = await goal.Answer;
        Assert.Equal((goal.Id, Verdict.Unknown), (answer.Id, answer.Verdict));
        Assert.Equal((second, RunOutcome.TimedOut), answer.Runs.Select(row => (row.Run, row.Outcome)).Single());
        Assert.InRange(answer.Settled, timeout, timeout + Busy.Promised(TimeSpan.FromSeconds(2)));
        Assert.InRange(since.Elapsed, timeout, timeout + Busy.Promised(TimeSpan.FromSeconds(3)));
        Assert.Single(goal.Events, heard => heard.Event is GoalEvents.Accepted);
        Assert.Empty(goal.Processes.Look());
    }

    [StressFact]
    public async Task A_goal_whose_only_submitter_is_lost_with_its_node_is_raced_for_no_longer()
    {
        await using var cluster = await TestCluster.StartAsync([Roles.Coordinator, Roles.Prover], OneSlot, s_player);
        var submitter = await cluster.JoinAsync([]);
        var goal = cluster.Submit("deaf children 1 sleep 1000", at: submitter);
        await goal.StartsAsync(1);
        await cluster.CrashAsync(submitter);
        // The slot that it had serves the next.
        Assert.Equal(Verdict.Proved, (await cluster.Submit().Answer).Verdict);
        await cluster.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_node_that_is_cut_off_and_put_out_kills_all_its_provers()
    {
        await using var cluster = await TestCluster.StartAsync([Roles.Coordinator, Roles.Prover, Roles.Prover], OneSlot, s_player);
        var goal = cluster.Submit("deaf daemon children 2 sleep 5 say unsat");
        await goal.StartsAsync(1);
        var first = goal.Started.Single();
        var node = cluster[first.Node];
        await cluster.IsolateAsync(node);
        await node.Node.System.WhenTerminated.WaitAsync(TimeSpan.FromMinutes(1));
        // They ended first.
        Assert.DoesNotContain(cluster.Processes.Look(), process => process.Environment.Contains($"={first.Run}\0", StringComparison.Ordinal));

        var answer = await goal.Answer;
        Assert.Equal(Verdict.Proved, answer.Verdict);
        Assert.Equal([RunOutcome.Lost, RunOutcome.Won], answer.Runs.Select(row => row.Outcome));
        Assert.Empty(goal.Processes.Look());
    }

    [Fact]
    public async Task A_node_that_is_cut_off_while_it_drains_gives_its_provers_and_its_coordinators_no_more_time()
    {
        await using var cluster = await TestCluster.StartAsync(3, "prover-cluster { slots = 1, drain.grace = 10m }", s_player);
        var goal = cluster.Submit("deaf daemon children 2 sleep 1000");
        await goal.StartsAsync(1);
        var first = goal.Started.Single();
        var node = cluster[first.Node];
        var others = cluster.Nodes.Where(other => other != node).ToArray();
        var noCoordinators = node.GoalsEnd();
        var left = node.Node.DisposeAsync().AsTask();
        await Eventually.True(() => others.All(other => other.Board.Nodes[node.Name].Offered.IsDraining), "the others know that it drains");
        await cluster.IsolateAsync(node);

        Assert.Equal(noCoordinators, await Task.WhenAny(noCoordinators, left));
        await Eventually.True(
            () => !cluster.Processes.Look().Any(process => process.Environment.Contains($"={first.Run}\0", StringComparison.Ordinal)), "its provers are dead", Busy.Promised(TimeSpan.FromSeconds(2)));
        await left.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(node.Node.WasCutOff);

        await goal.StartsAsync(2);
        Assert.Contains(goal.Started.Last().Node, others.Select(other => other.Name));
        goal.Withdraw();
        Assert.Equal(Verdict.Withdrawn, (await goal.Answer).Verdict);
        Assert.Empty(goal.Processes.Look());
    }

    [StressFact]
    public async Task Nodes_that_are_lost_one_after_the_other_do_not_take_the_rest_with_them()
    {
        // What is shipped, in another scale: one more is lost before it is time to give up the last, twice.
        var shipped = SettingsFiles.LoadShipped().Akka().GetConfig("akka.cluster.split-brain-resolver");
        var stable = Busy.Allow(TimeSpan.FromSeconds(5));
        var unstable = stable * (shipped.GetTimeSpan("down-all-when-unstable") / shipped.GetTimeSpan("stable-after"));
        await using var cluster = await TestCluster.StartAsync(
            7, $"akka.cluster.split-brain-resolver {{ stable-after = {stable.TotalSeconds:0}s, down-all-when-unstable = {unstable.TotalSeconds:0}s }}", s_player);
        var lost = cluster.Nodes.Take(3).ToArray();
        foreach (var node in lost)
        {
            await cluster.CrashAsync(node);
            await Eventually.True(() => cluster.Client.Cluster.State.Unreachable.Any(member => member.UniqueAddress == node.Cluster.SelfUniqueAddress), $"{node} is out of reach");
        }

        await Eventually.True(() => lost.All(node => !cluster.IsMember(node)), "those that are lost are given up", TimeSpan.FromMinutes(2));
        Assert.Equal(4, cluster.UpCoordinators);
        Assert.Equal(Verdict.Proved, (await cluster.Submit().Answer).Verdict);
    }

    [Fact]
    public async Task A_node_that_comes_back_into_reach_ends_what_was_lost_with_it()
    {
        await using var cluster = await TestCluster.StartAsync(
            [Roles.Coordinator, Roles.Prover, Roles.Prover], $"{OneSlot}\nakka.cluster.split-brain-resolver.stable-after = 10m", s_player);
        var goal = cluster.Submit("deaf children 1 sleep 1000");
        await goal.StartsAsync(1);
        var node = cluster[goal.Started.Single().Node];
        await cluster.IsolateAsync(node);
        await goal.StartsAsync(2);
        await cluster.HealAsync(node);
        await Eventually.True(() => goal.Processes.Look().Count(process => process.Environment.Contains("/player/1\0", StringComparison.Ordinal)) == 0, "the lost run is ended");
        Assert.False(goal.IsAnswered, goal.IsAnswered ? (await goal.Answer).Reason : null);
        Assert.NotEmpty(goal.Processes.Look());

        goal.Withdraw();
        Assert.Equal([RunOutcome.Lost, RunOutcome.Withdrawn], (await goal.Answer).Runs.Select(row => row.Outcome));
        Assert.Empty(goal.Processes.Look());
        await cluster.KnowEachOtherAsync();
    }

    [Fact]
    public async Task A_node_that_only_another_does_not_hear_loses_nothing()
    {
        await using var cluster = await TestCluster.StartAsync(
            [Roles.Coordinator, Roles.Prover, Roles.Prover], $"{OneSlot}\nakka.cluster.split-brain-resolver.stable-after = 10m", s_player);
        var goal = cluster.Submit("await sleep 8 say unsat");
        await goal.StartsAsync(1);
        var node = cluster[goal.Started.Single().Node];
        var coordinator = cluster.Nodes.Single(other => other.IsCoordinator);
        await node.CutAsync(cluster.Nodes.Single(other => other.IsProver && other != node));
        await Eventually.True(() => !coordinator.Board.Nodes[node.Name].IsReachable, "it is out of reach for all");
        await cluster.CallAsync(1);

        // It runs for longer than anybody waits for a node that is lost.
        var answer = await goal.Answer;
        Assert.Equal((Verdict.Proved, RunOutcome.Won), (answer.Verdict, answer.Runs.Single().Outcome));
        Assert.False(coordinator.Board.Nodes[node.Name].IsReachable);
    }
}
