using ProverCluster.Node.Membership;
using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>One node shows what all of them do.</summary>
[Collection(nameof(Browser))]
public sealed class Watching_a_cluster(Browser browser)
{
    private const string Loopback = "127.0.0.1";

    private const int Nodes = 4;

    [StressFact(Browser.Program)]
    public async Task Shows_every_node_with_its_slots_and_the_record_of_every_backend()
    {
        var nodes = new List<ApiNode>();
        await using var end = new Ends(nodes);
        for (var number = 0; number < Nodes; number++)
            nodes.Add(await Racers.StartAsync($"prover-cluster.slots = {8 / Nodes}", new ClusterPlace(Loopback, 0, [.. nodes.Take(1).Select(first => first.Node.Name)], NodeRoles.All)));
        var (one, other) = (nodes[0], nodes[^1]);
        await using var visit = await browser.VisitAsync(one);
        await Expect(visit.Page.Locator("#nodes-list > li")).ToHaveCountAsync(Nodes);

        foreach (var (name, play) in new[] { ("queens/eight.cnf", "say sat"), ("adder/carry.cnf", "say unsat"), ("adder/overflow.cnf", "say unsat"), ("planning/blocks.cnf", "say hm"), ("queens/nine.cnf", "say sat") })
            await other.PostAsync($"sleep 0.05 {play}", $"wait=true&name={name}");
        await one.SendAsync(HttpMethod.Post, "/v1/goals?wait=true&name=notes.cnf", "p cnf", "application/dimacs");
        foreach (var name in new[] { "mutex/bakery.cnf", "mutex/peterson.cnf", "cache/coherence.cnf", "cache/eviction.cnf" })
            await other.RaceAsync(name);

        await Expect(visit.Page.Locator("#sums .slots")).ToContainTextAsync("8 / 8");
        await Expect(visit.Page.Locator("#sums .open")).ToContainTextAsync("4");
        await Expect(visit.Page.Locator("#sums .settled")).ToContainTextAsync("6");
        await Expect(visit.Goal("queens/nine.cnf")).ToContainTextAsync("refuted by puppet");
        await Expect(visit.Goal("notes.cnf")).ToContainTextAsync("rejected");
        await Expect(visit.Page.Locator("#nodes-list > li")).ToContainTextAsync([.. nodes.Select(_ => $"{8 / Nodes} of {8 / Nodes} slots busy")]);
        await Expect(visit.Page.Locator("#backends-count")).ToHaveTextAsync("over 6 settled goals heard of here");
        await Expect(visit.Page.Locator("#backends").GetByRole(AriaRole.Row).Filter(new() { HasText = "puppet" }).GetByRole(AriaRole.Cell).Nth(0)).ToHaveTextAsync("4");
        await visit.Goal("mutex/peterson.cnf").ClickAsync();
        await Expect(visit.Run("swift")).ToContainTextAsync("running");
        await visit.KeepPicturesAsync("busy-cluster", "#/nodes");
        visit.IsWell();
    }

    private sealed class Ends(List<ApiNode> nodes) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
        }
    }
}
