using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>From the list to a race, and through it to its end, as somebody sees it who does not touch anything else.</summary>
[Collection(nameof(Browser))]
public sealed class Watching_a_race(Browser browser) : IAsyncLifetime
{
    private ApiNode _node = null!;

    public async Task InitializeAsync() => _node = await Racers.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [RequiresFact(Browser.Program)]
    public async Task Shows_what_is_queued_running_won_preempted_and_reaped_as_it_happens()
    {
        await using var visit = await browser.VisitAsync(_node);
        await Expect(visit.Race).ToContainTextAsync("No race yet");
        var id = await _node.RaceAsync("mutex/bakery.cnf");
        await visit.Goal("mutex/bakery.cnf").ClickAsync();

        await Expect(visit.Race.GetByRole(AriaRole.Heading)).ToHaveTextAsync("mutex/bakery.cnf");
        await Expect(visit.Run("swift")).ToContainTextAsync("running");
        await Expect(visit.Run("steady")).ToContainTextAsync("running");
        await Expect(visit.Run("spare")).ToContainTextAsync("queued");
        await Expect(visit.Race.Locator(".verdict")).ToContainTextAsync("racing for");
        await visit.KeepPicturesAsync("race-in-progress", $"#/goals/{id}");

        await _node.CallAsync(id);
        await Expect(visit.Run("swift")).ToContainTextAsync("won");
        await Expect(visit.Run("steady")).ToContainTextAsync("preempted");
        await Expect(visit.Run("steady")).ToContainTextAsync("swift proved the goal; reaped");
        await Expect(visit.Run("spare")).ToContainTextAsync("swift proved the goal; never started");
        await Expect(visit.Race.Locator(".verdict")).ToContainTextAsync("proved by swift after");
        // The same for whoever hears it.
        await Expect(visit.Run("steady")).ToContainTextAsync("asked to stop at");
        await Expect(visit.Page.Locator("#news")).ToContainTextAsync("mutex/bakery.cnf: proved by swift");
        await Expect(visit.Goal("mutex/bakery.cnf")).ToContainTextAsync("proved by swift");
        await visit.KeepPicturesAsync("race-decided", $"#/goals/{id}");

        // The figures are those of the goal.
        var settled = (await _node.GetAsync($"/v1/goals/{id}")).Json;
        var shown = await visit.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.run.won .span.run, .run.beaten .span.run')].map(span => span.getBoundingClientRect().right)");
        Assert.True(shown[0] <= shown[1] + 1, $"the winner's bar ends where it decided, and the loser's not before: {string.Join(" ", shown)}");
        Assert.Equal(3, settled.GetProperty("runs").GetArrayLength());
        visit.IsWell();
    }

    [RequiresFact(Browser.Program)]
    public async Task Goes_from_one_race_to_the_next_where_none_was_chosen_and_stays_where_one_was()
    {
        var first = await _node.RaceAsync("first.cnf");
        await using var visit = await browser.VisitAsync(_node);
        await Expect(visit.Race.GetByRole(AriaRole.Heading)).ToHaveTextAsync("first.cnf");
        await _node.CallAsync(first);

        var second = await _node.RaceAsync("second.cnf");
        await Expect(visit.Race.GetByRole(AriaRole.Heading)).ToHaveTextAsync("second.cnf");
        await visit.Goal("first.cnf").ClickAsync();
        await Expect(visit.Race.GetByRole(AriaRole.Heading)).ToHaveTextAsync("first.cnf");
        await Expect(visit.Race).ToContainTextAsync("proved by swift");
        await _node.CallAsync(second);
        await Expect(visit.Goal("second.cnf")).ToContainTextAsync("proved by swift");
        await Expect(visit.Race.GetByRole(AriaRole.Heading)).ToHaveTextAsync("first.cnf");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "follow the newest" }).ClickAsync();
        await _node.RaceAsync("third.cnf");
        await Expect(visit.Race.GetByRole(AriaRole.Heading)).ToHaveTextAsync("third.cnf");

        var record = visit.Page.Locator("#backends").GetByRole(AriaRole.Row).Filter(new() { HasText = "swift" });
        await Expect(record.GetByRole(AriaRole.Cell).Nth(0)).ToHaveTextAsync("2");
        await Expect(visit.Page.Locator("#backends").GetByRole(AriaRole.Row).Filter(new() { HasText = "steady" }).GetByRole(AriaRole.Cell).Nth(1)).ToHaveTextAsync("2");
        await Expect(visit.Page.Locator("#nodes")).ToContainTextAsync("2 of 2 slots busy");
        visit.IsWell();
    }
}
