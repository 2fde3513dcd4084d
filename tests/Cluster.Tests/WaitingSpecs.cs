using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Tests;

/// <summary>More is to be run than there are slots, in the whole cluster.</summary>
[Collection("cluster")]
public sealed class WaitingSpecs
{
    private const string OneSlot = "prover-cluster.slots = 1";

    [Fact]
    public async Task Every_waiting_goal_gets_its_first_run_before_another_gets_its_second()
    {
        await using var cluster = await TestCluster.StartAsync(2, OneSlot, Entry.Plays("one", "goal {goal}"), Entry.Plays("two", "goal {goal}"));
        var blocker = cluster.Submit("await say unknown");
        await blocker.StartsAsync(2);
        var goals = Enumerable.Range(0, 8).Select(_ => cluster.Submit("await say unknown")).ToArray();
        await WaitingAsync(cluster, goals.Length);
        // Two at a time, each pair heard of before the next can start: which of the two nodes is quicker must not matter.
        for (var round = 1; round <= goals.Length; round++)
        {
            await cluster.CallAsync(2);
            await Eventually.True(() => Starts(goals).Length >= 2 * round, $"{2 * round} runs have started", instead: () => Story(goals));
            if (2 * round <= goals.Length)
                Assert.True(Starts(goals).Distinct().Count() == 2 * round, Story(goals));
        }

        await cluster.CallAsync(2);
        await Task.WhenAll(goals.Select(goal => goal.Answer));
        Assert.All(goals, goal => Assert.Equal(2, goal.Started.Count()));
        await cluster.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Who_has_a_higher_priority_is_served_first_whichever_coordinator_it_has()
    {
        await using var cluster = await TestCluster.StartAsync([Roles.Coordinator, Roles.Coordinator, Roles.Prover], OneSlot, Entry.Plays("player", "goal {goal}"));
        var blocker = cluster.Submit("await say unknown");
        await blocker.StartsAsync(1);
        int[] priorities = [0, 5, -1, 9, 5];
        var goals = priorities.Select(priority => cluster.Submit("sleep 0.1 say unsat", goal => goal with { Priority = priority })).ToArray();
        await WaitingAsync(cluster, goals.Length);
        await cluster.CallAsync(1);
        await Task.WhenAll(goals.Select(goal => goal.Answer));
        Assert.Equal(priorities.OrderDescending(), Starts(goals).Select(goal => goal.Goal.Priority));
    }

    [Fact]
    public async Task A_goal_that_may_not_even_wait_anywhere_is_told_so()
    {
        await using var cluster = await TestCluster.StartAsync(2, $"{OneSlot}\nprover-cluster.queue-limit = 1", Entry.Plays("player", "goal {goal}"));
        var running = Enumerable.Range(0, 2).Select(_ => cluster.Submit("await say unsat")).ToArray();
        await Task.WhenAll(running.Select(goal => goal.StartsAsync(1)));
        var waiting = cluster.Submit("say unsat");
        await WaitingAsync(cluster, 1);

        var answer = await cluster.Submit("say unsat").Answer;
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        Assert.Contains("the queue of every node that has it is full", answer.Reason);
        await cluster.CallAsync(2);
        Assert.All(await Task.WhenAll(running.Append(waiting).Select(goal => goal.Answer)), each => Assert.Equal(Verdict.Proved, each.Verdict));
    }

    [Fact]
    public async Task No_goal_waits_at_a_busy_node_while_another_is_idle()
    {
        await using var cluster = await TestCluster.StartAsync(2, OneSlot, Entry.Plays("player", "goal {goal}"));
        var busy = cluster.Submit("await say unsat");
        await busy.StartsAsync(1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => cluster.Submit("say unsat").Answer));
        Assert.All(answers, answer => Assert.NotEqual(busy.Started.Single().Node, Assert.Single(answer.Runs).Node));
        Assert.False(busy.IsAnswered);
        await cluster.CallAsync(1);
        Assert.Equal(Verdict.Proved, (await busy.Answer).Verdict);
    }

    [Fact]
    public async Task A_node_has_a_text_while_it_races_for_it_and_its_own_version_of_a_prover_is_in_the_table()
    {
        const string script = "read -r line < /dev/null; trap 'echo unsat; exit' USR1; while :; do sleep 0.05; done";
        await using var cluster = await TestCluster.StartAsync([Roles.Coordinator, Roles.Prover], OneSlot, Entry.Runs("versioned", script, "old 1.2.3"));
        await cluster.JoinAsync(Roles.Prover, Entry.Runs("versioned", script, "new 4.5.6"));
        var (first, second) = (cluster.Submit(), cluster.Submit());
        await Task.WhenAll(first.StartsAsync(1), second.StartsAsync(1));
        Assert.Equal([2, 0, 1, 1], cluster.Everyone.Select(node => node.Texts.Count));

        await cluster.CallAsync(2);
        var answers = await Task.WhenAll(first.Answer, second.Answer);
        Assert.All(answers, answer => Assert.Equal(Verdict.Proved, answer.Verdict));
        var rows = answers.Select(answer => Assert.Single(answer.Runs)).ToArray();
        Assert.Equal([(cluster.Nodes[1].Name, "1.2.3"), (cluster.Nodes[2].Name, "4.5.6")], rows.Select(row => (row.Node, row.Version)).OrderBy(row => row.Version));
        await cluster.AssertNothingIsLeftAsync();
    }

    /// <summary>Waits until so many goals wait everywhere.</summary>
    private static Task WaitingAsync(TestCluster cluster, int count) => Eventually.True(
        () => cluster.Nodes.Where(node => node.IsCoordinator).All(node => node.Board.Nodes.Values.All(entry => entry.Offered.Waiting == count)),
        $"{count} goals wait at every node",
        instead: () => string.Join("; ", cluster.Nodes.SelectMany(node => node.Board.Nodes.Values.Select(entry => entry.Offered.ToString()))));

    /// <summary>Who was started where and when, for whoever has to find out why.</summary>
    private static string Story(SubmittedGoal[] goals)
    {
        var starts = goals.SelectMany((goal, i) => goal.Events.Where(heard => heard.Event is GoalEvents.RunStarted).Select(heard => (i, heard.At, Run: (GoalEvents.RunStarted)heard.Event))).OrderBy(start => start.At).ToArray();
        return string.Join("; ", starts.Select(start => $"goal {start.i} {start.Run.Run.Backend} on {start.Run.Node} after {Stopwatch.GetElapsedTime(starts[0].At, start.At).TotalMilliseconds:0} ms"));
    }

    /// <summary>Of whom runs were started, in that order.</summary>
    private static SubmittedGoal[] Starts(IEnumerable<SubmittedGoal> goals) =>
    [
        .. from goal in goals
           from heard in goal.Events
           where heard.Event is GoalEvents.RunStarted
           orderby heard.At
           select goal,
    ];
}
