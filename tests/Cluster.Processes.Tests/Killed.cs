using ProverCluster.Messages.Goals;
using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>kill -9 of a node, with coordinators and runs on it.</summary>
[Collection(ThreeNodes.Name)]
public sealed class Killed(ThreeNodes three)
{
    [ProcessesFact]
    public Task Goals_of_a_killed_node_are_settled_by_the_others() => three.WithAsync(KillAsync);

    [ProcessesStressFact]
    public Task Goals_are_settled_while_nodes_are_killed_and_replaced() => Nodes.WithAsync(Form.Long, 3, KillAsync);

    private static async Task KillAsync(Nodes nodes)
    {
        var load = Load.Start(nodes.Client, nodes.Form);
        for (var round = 0; round < nodes.Form.Rounds; round++)
        {
            await nodes.CompleteAsync();
            var victim = nodes.Living[round % 3];
            await load.MoreAsync(nodes.Form.Goals, answer => HasRunOn(answer, victim), nodes.Told);
            victim.Signal(PosixSignals.Kill);
            await victim.ExitAsync();
            nodes.Miss(victim);
            await victim.NoProverLivesAsync();
            // More than are in flight: those that were on the dead node are among them.
            await load.MoreAsync(nodes.Form.Goals + nodes.Form.InFlight, instead: nodes.Told);
        }

        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }

    private static bool HasRunOn(GoalAnswer answer, NodeProcess node) => answer.Runs.Any(run => run.Node == node.Name);
}
