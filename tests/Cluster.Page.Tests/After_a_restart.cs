using System.Globalization;
using ProverCluster.Node.Configuration;
using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>The node ends under the page, and another one begins in its place.</summary>
[Collection(nameof(Browser))]
public sealed class After_a_restart(Browser browser) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("after-a-restart-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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
    public async Task A_goal_that_was_kept_is_raced_anew_and_shown_so_to_its_end()
    {
        string port, id, story;
        Visit visit;
        // Its runs are not waited for.
        await using (var node = await Racers.StartAsync("prover-cluster.drain.grace = 0s", change: Stored))
        {
            port = node.Server.Address.Port.ToString(CultureInfo.InvariantCulture);
            id = await node.RaceAsync("kept.cnf");
            visit = await browser.VisitAsync(node, $"#/goals/{id}");
            await Expect(visit.Run("swift")).ToContainTextAsync("running");
            await Expect(visit.Run("steady")).ToContainTextAsync("running");
            story = (await visit.Run("steady").Locator("td.lane").TextContentAsync())!;
        }

        await using var end = visit;
        await Expect(visit.Link).ToHaveTextAsync("Reconnecting…");

        await using var next = await Racers.StartAsync($"prover-cluster.http.port = {port}", change: Stored);
        await Expect(visit.Link).ToHaveTextAsync("Live");
        await Expect(visit.Race).Not.ToContainTextAsync("asking again");
        await Expect(visit.Goal("kept.cnf")).ToContainTextAsync("open");
        await Expect(visit.Race.Locator(".verdict")).ToContainTextAsync("racing for");
        await Expect(visit.Run("swift")).ToContainTextAsync("running");
        // Later after it was accepted than before, and not beside what was.
        await Expect(visit.Run("steady")).ToContainTextAsync("running");
        await Expect(visit.Run("steady").Locator("td.lane")).Not.ToHaveTextAsync(story);
        await Expect(visit.Race.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(3);
        await visit.KeepPictureAsync("raced-anew");

        await next.CallAsync(id);
        await Expect(visit.Race.Locator(".verdict")).ToContainTextAsync("proved by swift");
        await Expect(visit.Run("swift")).ToContainTextAsync("won");
        await Expect(visit.Run("steady")).ToContainTextAsync("swift proved the goal; reaped");
        await Expect(visit.Race.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(3);
        await Expect(visit.Goal("kept.cnf")).ToContainTextAsync("proved by swift");
        visit.IsWell();
    }

    [RequiresFact(Browser.Program)]
    public async Task A_race_whose_stream_breaks_goes_on_with_what_has_happened_meanwhile()
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

    private NodeSettings Stored(NodeSettings settings) => settings with { Store = settings.Store with { Folder = _folder } };
}
