using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>SIGSTOP and SIGCONT: a node that is silent for a while, as one on a machine that was suspended.</summary>
public sealed class Stopped
{
    private const int CutOff = 4;

    [ProcessesStressFact]
    public Task A_node_that_was_silent_for_a_moment_goes_on_and_one_that_was_for_too_long_ends_itself_and_its_provers() => StopAsync(Form.Short);

    [ProcessesStressFact]
    public Task Nodes_fall_silent_over_and_over() => StopAsync(Form.Long);

    private static async Task StopAsync(Form form)
    {
        await using var nodes = await Nodes.StartAsync(form, 3);
        var load = Load.Start(nodes.Client, form);
        for (var round = 0; round < form.Rounds; round++)
        {
            var silent = nodes.Living[round % 3];
            await load.MoreAsync(form.Goals, instead: nodes.Told);
            silent.Signal(PosixSignals.Stop);
            // What is done to it: shorter than the others take for a sign of death.
            await Task.Delay(TimeSpan.FromSeconds(1));
            silent.Signal(PosixSignals.Continue);
            await load.MoreAsync(form.Goals, answer => answer.Runs.Any(run => run.Node == silent.Name), nodes.Told);
            Assert.All(nodes.Living, node => Assert.DoesNotContain($"{silent.Name} is given up for lost", node.Said));

            silent.Signal(PosixSignals.Stop);
            nodes.Living.Remove(silent);
            await Task.WhenAll(nodes.Living.Select(node => node.SaysAsync($"{silent.Name} is given up for lost")));
            // More than are in flight: those that the silent node kept are among them.
            await load.MoreAsync(form.Goals + form.InFlight, instead: nodes.Told);

            // It finds a cluster that has gone on without it.
            silent.Signal(PosixSignals.Continue);
            Assert.Equal(CutOff, await silent.ExitAsync());
            await silent.NoProverLivesAsync();
            await load.MoreAsync(form.Goals, instead: nodes.Told);
            if (round + 1 < form.Rounds)
                await nodes.AddAsync();
        }

        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }
}
