using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>SIGSTOP and SIGCONT: a node that is silent for a while, as one on a machine that was suspended.</summary>
[Collection(ThreeNodes.Name)]
public sealed class Stopped(ThreeNodes three)
{
    private const int CutOff = 4;

    [ProcessesStressFact]
    public Task A_node_that_was_silent_for_a_moment_goes_on_and_one_that_was_for_too_long_ends_itself_and_its_provers() => three.WithAsync(StopAsync);

    [ProcessesStressFact]
    public Task Nodes_fall_silent_over_and_over() => Nodes.WithAsync(Form.Long, 3, StopAsync);

    private static async Task StopAsync(Nodes nodes)
    {
        var load = Load.Start(nodes.Client, nodes.Form);
        for (var round = 0; round < nodes.Form.Rounds; round++)
        {
            await nodes.CompleteAsync();
            var silent = nodes.Living[round % 3];
            var said = nodes.Living.ToDictionary(node => node, node => node.LinesSaid);
            await load.MoreAsync(nodes.Form.Goals, instead: nodes.Told);
            silent.Signal(PosixSignals.Stop);
            // What is done to it: shorter than the others take for a sign of death.
            await Task.Delay(TimeSpan.FromSeconds(1));
            silent.Signal(PosixSignals.Continue);
            await load.MoreAsync(nodes.Form.Goals, answer => answer.Runs.Any(run => run.Node == silent.Name), nodes.Told);
            Assert.All(nodes.Living, node => Assert.DoesNotContain(node.Said.Split('\n').Skip(said[node]), line => line.Contains($"{silent.Name} is given up for lost", StringComparison.Ordinal)));

            silent.Signal(PosixSignals.Stop);
            nodes.Miss(silent);
            await Task.WhenAll(nodes.Living.Select(node => node.SaysAsync($"{silent.Name} is given up for lost", said[node])));
            // More than are in flight: those that the silent node kept are among them.
            await load.MoreAsync(nodes.Form.Goals + nodes.Form.InFlight, instead: nodes.Told);

            // It finds a cluster that has gone on without it.
            silent.Signal(PosixSignals.Continue);
            Assert.Equal(CutOff, await silent.ExitAsync());
            await silent.NoProverLivesAsync();
            await load.MoreAsync(nodes.Form.Goals, instead: nodes.Told);
        }

        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }
}
