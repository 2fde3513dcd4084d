using System.Globalization;
using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>The node ends under the page, and another one begins in its place.</summary>
[Collection(nameof(Browser))]
public sealed class After_a_restart(Browser browser)
{
    [RequiresFact(Browser.Program)]
    public async Task The_page_finds_the_node_again_by_itself_and_goes_on()
    {
        string port;
        Visit visit;
        await using (var node = await Racers.StartAsync())
        {
            port = node.Server.Address.Port.ToString(CultureInfo.InvariantCulture);
            var id = await node.RaceAsync("before.cnf");
            visit = await browser.VisitAsync(node, $"#/goals/{id}");
            await Expect(visit.Run("swift")).ToContainTextAsync("running");
            await Expect(visit.Link).ToHaveTextAsync("Live");
        }

        await using var end = visit;
        await Expect(visit.Link).ToHaveTextAsync("Reconnecting…");
        await Expect(visit.Race).ToContainTextAsync("asking again");
        await visit.KeepPictureAsync("reconnecting");

        await using var next = await Racers.StartAsync($"prover-cluster.http.port = {port}");
        await Expect(visit.Link).ToHaveTextAsync("Live");
        // Nothing outlives a node without a store, and that is what is said.
        await Expect(visit.Race).ToContainTextAsync("has forgotten this goal");
        var after = await next.RaceAsync("after.cnf");
        await visit.Goal("after.cnf").ClickAsync();
        await Expect(visit.Run("steady")).ToContainTextAsync("running");
        await next.CallAsync(after);
        await Expect(visit.Race.Locator(".verdict")).ToContainTextAsync("proved by swift");
        visit.IsWell();
    }

    [RequiresFact(Browser.Program)]
    public async Task A_stream_that_ends_is_taken_up_where_it_ended()
    {
        await using var node = await Racers.StartAsync();
        var id = await node.RaceAsync("torn.cnf");
        await using var visit = await browser.VisitAsync(node, $"#/goals/{id}");
        await Expect(visit.Run("steady")).ToContainTextAsync("running");
        await visit.Page.Context.SetOfflineAsync(true);
        await Expect(visit.Link).ToHaveTextAsync("Reconnecting…");
        await node.CallAsync(id);
        await visit.Page.Context.SetOfflineAsync(false);

        await Expect(visit.Race.Locator(".verdict")).ToContainTextAsync("proved by swift");
        await Expect(visit.Race.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(3);
        visit.IsWell();
    }
}
