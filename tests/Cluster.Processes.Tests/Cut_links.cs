using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>The link of one node is cut: it and the others see each other fall silent, and must not both go on.</summary>
[Collection(ThreeNodes.Name)]
public sealed class Cut_links(ThreeNodes three)
{
    private const int CutOff = 4;

    [LinkFact]
    public Task A_link_cut_for_a_moment_costs_nothing_and_a_node_cut_off_ends_itself_and_its_provers() => three.WithAsync(CutAsync);

    [LinkStressFact]
    public Task Links_are_cut_one_after_the_other() => Nodes.WithAsync(Form.Long, 3, CutAsync, links: true);

    /// <summary>Of those that are shipped, the grace is longer than it takes to be given up.</summary>
    [LinkStressFact]
    public Task A_node_that_is_cut_off_while_it_drains_does_not_wait_for_its_grace() => Nodes.WithAsync(Form.Long, 3, CutDrainingAsync, links: true);

    private static async Task CutAsync(Nodes nodes)
    {
        var load = Load.Start(nodes.Client, nodes.Form);
        for (var round = 0; round < nodes.Form.Rounds; round++)
        {
            await nodes.CompleteAsync();
            var cutOff = nodes.Living[round % 3];
            await load.MoreAsync(nodes.Form.Goals, instead: nodes.Told);
            nodes.Links!.Cut(cutOff.Address.Host);
            // What is done to it: shorter than the others take for a sign of death.
            await Task.Delay(TimeSpan.FromSeconds(1));
            nodes.Links.Mend(cutOff.Address.Host);
            await load.MoreAsync(nodes.Form.Goals, answer => answer.Runs.Any(run => run.Node == cutOff.Name), nodes.Told);
            Assert.True(cutOff.IsAlive, nodes.Told());

            nodes.Links.Cut(cutOff.Address.Host);
            nodes.Miss(cutOff);
            // More than are in flight: those that the cut-off node kept are among them.
            await load.MoreAsync(nodes.Form.Goals + nodes.Form.InFlight, instead: nodes.Told);
            Assert.Equal(CutOff, await cutOff.ExitAsync());
            cutOff.LeftNoProver();
            nodes.Links.Mend(cutOff.Address.Host);
        }

        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }

    private static async Task CutDrainingAsync(Nodes nodes)
    {
        var load = Load.Start(nodes.Client, nodes.Form);
        var goal = load.Beside(Played.Awaiting());
        var leaving = nodes[await goal.StartAsync(1, nodes.Told)];
        leaving.Signal(PosixSignals.Term);
        await leaving.SaysAsync("takes no more work");
        nodes.Links!.Cut(leaving.Address.Host);
        nodes.Miss(leaving);
        Assert.Equal(CutOff, await leaving.ExitAsync());
        leaving.LeftNoProver();
        nodes.Links.Mend(leaving.Address.Host);
        await nodes.CallAsync(goal);
        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }
}
