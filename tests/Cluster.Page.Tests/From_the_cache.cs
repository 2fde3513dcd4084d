using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>A verdict for which no prover ran says so.</summary>
[Collection(nameof(Browser))]
public sealed class From_the_cache(Browser browser) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("from-the-cache-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [RequiresFact(Browser.Program)]
    public async Task A_goal_that_was_decided_before_says_who_found_its_verdict_and_where()
    {
        await using var node = await ApiNode.StartAsync(change: settings => settings with { Store = settings.Store with { Folder = _folder } });
        var text = ApiNode.Goal("say unsat");
        await SubmitAsync(node, text, "raced.cnf");
        await Eventually.True(() => node.GetAsync("/v1/cache").GetAwaiter().GetResult()["verdicts"] == "1", "the verdict is kept");
        await SubmitAsync(node, text, "known.cnf");

        await using var visit = await browser.VisitAsync(node);
        await Expect(visit.Goal("known.cnf")).ToContainTextAsync("proved by puppet, from cache");
        await Expect(visit.Goal("raced.cnf")).ToContainTextAsync("proved by puppet");
        await Expect(visit.Goal("raced.cnf")).Not.ToContainTextAsync("from cache");
        await visit.Goal("known.cnf").ClickAsync();
        await Expect(visit.Race.Locator(".verdict")).ToContainTextAsync("proved by puppet, from cache, after");
        await Expect(visit.Race.Locator(".facts")).ToContainTextAsync($"on {node.Node.Name}, puppet");
        await Expect(visit.Run("puppet")).ToHaveCountAsync(0);
        await visit.KeepPicturesAsync("from-the-cache", "#/race");
        visit.IsWell();
    }

    private static Task<Answer> SubmitAsync(ApiNode node, string text, string name) =>
        node.SendAsync(HttpMethod.Post, $"/v1/goals?backends=puppet&wait=true&name={name}", text, "application/dimacs");
}
