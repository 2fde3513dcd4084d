using ProverCluster.Processes.World;
using Xunit.Abstractions;

namespace ProverCluster.Processes;

/// <summary>What Kubernetes would do with deploy/k8s: start pods that find each other by name, put one in the place of another, update all of them, and scale.</summary>
public sealed class In_pods(ITestOutputHelper output)
{
    private const int Rounds = 4;

    private static readonly Form s_form = Stress.IsWanted ? Form.Long : Form.Short.WithPatientSeeds();

    [PodsFact]
    public Task The_first_coordinator_is_ready_alone_and_its_next_life_at_another_address_finds_the_others() => Pods.WithAsync(s_form, async pods =>
    {
        var first = await pods.StartAsync("coordinator", 0);
        Assert.DoesNotContain("has joined", first.Node.Said);
        // At once, as they come.
        await Task.WhenAll(pods.StartAsync("coordinator", 1), pods.StartAsync("prover", 0));
        await using var load = ServiceLoad.Start(pods, s_form);
        await load.MoreAsync(s_form.Goals);

        // The one that begins a cluster where there is none.
        var other = pods["coordinator-1"].Node;
        var said = other.LinesSaid;
        var again = await pods.ReplaceAsync("coordinator-0", PosixSignals.Term);
        Assert.NotEqual(first.Address, again.Address);
        await again.Node.SaysAsync($"{other.Name} has joined");
        await other.SaysAsync($"{again.Node.Name} has joined", after: said);
        await load.MoreAsync(s_form.Goals + s_form.InFlight);
        Figure("one pod replaced", await load.EndAsync());
    });

    [PodsStressFact]
    public Task All_pods_are_updated_one_by_one_and_one_is_lost_with_its_machine_over_and_over() => Pods.WithAsync(Form.Long, async pods =>
    {
        await StartAsync(pods, coordinators: 3, provers: 3);
        await using var load = ServiceLoad.Start(pods, Form.Long);
        for (var round = 0; round < Rounds; round++)
        {
            // As a StatefulSet does: the last one first.
            foreach (var name in new[] { "prover-2", "prover-1", "prover-0", "coordinator-2", "coordinator-1", "coordinator-0" })
            {
                await load.MoreAsync(Form.Long.InFlight);
                await pods.ReplaceAsync(name, PosixSignals.Term);
            }

            // The next one has its name, and is not taken for it.
            await load.MoreAsync(Form.Long.InFlight);
            await pods.ReplaceAsync(round % 2 == 0 ? "prover-1" : "coordinator-1", PosixSignals.Kill);
        }

        await load.MoreAsync(Form.Long.Goals);
        Figure($"{7 * Rounds} pods replaced", await load.EndAsync());
    });

    [PodsStressFact]
    public Task Three_provers_become_ten_and_three_again() => Pods.WithAsync(Form.Long, async pods =>
    {
        await StartAsync(pods, coordinators: 3, provers: 3);
        await using var load = ServiceLoad.Start(pods, Form.Long);
        await load.MoreAsync(Form.Long.InFlight);
        var more = await Task.WhenAll(Enumerable.Range(3, 7).Select(ordinal => pods.StartAsync("prover", ordinal)));
        await load.MoreAsync(Form.Long.Goals);
        // All at once, too.
        await Task.WhenAll(more.Select(pod => pods.EndAsync(pod, PosixSignals.Term)));
        await load.MoreAsync(Form.Long.Goals);
        Figure("three provers' pods, then ten, then three", await load.EndAsync());
    });

    private static async Task StartAsync(Pods pods, int coordinators, int provers)
    {
        await pods.StartAsync("coordinator", 0);
        await Task.WhenAll(Enumerable.Range(1, coordinators - 1).Select(i => pods.StartAsync("coordinator", i)).Concat(Enumerable.Range(0, provers).Select(i => pods.StartAsync("prover", i))));
    }

    private void Figure(string what, int goals) => output.WriteLine($"figures: {what} under load: {goals} goals, none lost");
}
