using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Tests;

/// <summary>Nodes are lost: with provers at work on them, with coordinators, or behind a link that is cut.</summary>
[Collection("cluster")]
public sealed class LossSpecs
{
    private static readonly Entry s_player = Entry.Plays("player", "goal {goal}");

    [Fact]
    public async Task Runs_of_a_lost_node_are_lost_and_placed_again_elsewhere_once()
    {
        await using var cluster = await TestCluster.StartAsync(3, "prover-cluster.slots = 1", s_player);
        var goal = cluster.Submit("deaf sleep 1000");
        await goal.StartsAsync(1);
        var first = goal.Started.Single();
        var node = cluster.Nodes.Single(each => each.Name == first.Node);
        await cluster.CrashAsync(node);

        await goal.StartsAsync(2);
        var second = goal.Started.Last();
        Assert.NotEqual(first.Node, second.Node);
        goal.Withdraw();
        var answer = await goal.Answer;
        Assert.Equal(Verdict.Withdrawn, answer.Verdict);
    }
}
