using ProverCluster.Messages.Goals;
using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>kill -9 of a node, with coordinators and runs on it.</summary>
public sealed class Killed
{
    [ProcessesFact]
    public Task Goals_of_a_killed_node_are_settled_by_the_others() => KillAsync(Form.Short);

    [ProcessesStressFact]
    public Task Goals_are_settled_while_nodes_are_killed_and_replaced() => KillAsync(Form.Long);

    private static async Task KillAsync(Form form)
    {
        await using var nodes = await Nodes.StartAsync(form, 3);
        var load = Load.Start(nodes.Client, form);
        for (var round = 0; round < form.Rounds; round++)
        {
            var victim = nodes.Living[round % 3];
            await load.MoreAsync(form.Goals, answer => HasRunOn(answer, victim), nodes.Told);
            victim.Signal(PosixSignals.Kill);
            await victim.ExitAsync();
            nodes.Living.Remove(victim);
            await victim.NoProverLivesAsync();
            // More than are in flight: those that were on the dead node are among them.
            await load.MoreAsync(form.Goals + form.InFlight, instead: nodes.Told);
            if (round + 1 < form.Rounds)
                await nodes.AddAsync(victim.Address);
        }

        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }

    private static bool HasRunOn(GoalAnswer answer, NodeProcess node) => answer.Runs.Any(run => run.Node == node.Name);
}
