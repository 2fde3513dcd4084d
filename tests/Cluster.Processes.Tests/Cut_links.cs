using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>The link of one node is cut: it and the others see each other fall silent, and must not both go on.</summary>
public sealed class Cut_links
{
    private const int CutOff = 4;

    [LinkStressFact]
    public Task A_link_cut_for_a_moment_costs_nothing_and_a_node_cut_off_ends_itself_and_its_provers() => CutAsync(Form.Short);

    [LinkStressFact]
    public Task Links_are_cut_one_after_the_other() => CutAsync(Form.Long);

    private static async Task CutAsync(Form form)
    {
        await using var nodes = await Nodes.StartAsync(form, 3, links: true);
        var load = Load.Start(nodes.Client, form);
        for (var round = 0; round < form.Rounds; round++)
        {
            var cutOff = nodes.Living[round % 3];
            await load.MoreAsync(form.Goals, instead: nodes.Told);
            nodes.Links!.Cut(cutOff.Address.Host);
            // What is done to it: shorter than the others take for a sign of death.
            await Task.Delay(TimeSpan.FromSeconds(1));
            nodes.Links.Mend(cutOff.Address.Host);
            await load.MoreAsync(form.Goals, answer => answer.Runs.Any(run => run.Node == cutOff.Name), nodes.Told);
            Assert.True(cutOff.IsAlive, nodes.Told());

            nodes.Links.Cut(cutOff.Address.Host);
            nodes.Living.Remove(cutOff);
            // More than are in flight: those that the cut-off node kept are among them.
            await load.MoreAsync(form.Goals + form.InFlight, instead: nodes.Told);
            Assert.Equal(CutOff, await cutOff.ExitAsync());
            await cutOff.NoProverLivesAsync();

            nodes.Links.Mend(cutOff.Address.Host);
            if (round + 1 < form.Rounds)
            {
                var again = await nodes.AddAsync(cutOff.Address);
                await load.MoreAsync(form.Goals, answer => answer.Runs.Any(run => run.Node == again.Name), nodes.Told);
            }
        }

        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }
}
