using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>What a node runs, and what that takes of it, as it tells it of real provers.</summary>
[Collection(nameof(Browser))]
public sealed class Watching_the_slots(Browser browser)
{
    /// <summary>One works until it is called, and then decides; the other has nothing to do.</summary>
    private static readonly Entry[] Entries =
    [
        Entry.Runs("eager", "trap 'echo unsat; exit 0' USR1; while :; do :; done"),
        Entry.Runs("calm", "exec sleep 1000"),
    ];

    [RequiresFact(Browser.Program)]
    public async Task Shows_what_is_in_each_and_for_whom_and_how_much_memory_and_how_many_processors_all_take()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.slots = 3", null, Entries);
        var id = ApiNode.NewId();
        await node.SendAsync(HttpMethod.Post, $"/v1/goals?id={id}&name=mutex/bakery.cnf&timeout=10m&backends=eager,calm", ApiNode.Goal(""), "application/dimacs");
        await using var visit = await browser.VisitAsync(node, "#/nodes");
        var card = visit.Page.Locator("#nodes-list > li");
        await Expect(card).ToContainTextAsync(node.Node.Name);
        var slots = card.GetByRole(AriaRole.List, new() { Name = "Slots" }).GetByRole(AriaRole.Listitem);
        await Expect(slots).ToHaveCountAsync(3);
        foreach (var entry in Entries)
        {
            var slot = slots.Filter(new() { HasText = entry.Name });
            await Expect(slot).ToContainTextAsync(Some("MiB"));
            await Expect(slot.GetByRole(AriaRole.Link)).ToHaveTextAsync("bakery.cnf");
            await Expect(slot.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"#/goals/{id}");
        }

        await Expect(slots.Filter(new() { HasText = "idle" })).ToHaveCountAsync(1);
        await Expect(card.Locator(".usage")).ToContainTextAsync("2 of 3 slots busy");
        await Expect(card.Locator(".usage")).ToContainTextAsync(Some("CPUs"));
        await Expect(card.Locator(".usage")).ToContainTextAsync(Some("MiB"));
        await Expect(visit.Page.Locator("#nodes-note")).ToBeHiddenAsync();
        await Expect(visit.Race.GetByRole(AriaRole.Heading)).ToHaveTextAsync("mutex/bakery.cnf");
        await visit.KeepPicturesAsync("slots", "#/nodes");

        await slots.Filter(new() { HasText = "calm" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Race).ToContainTextAsync("Chosen race");
        await ApiNode.CallAsync(id, node.SettledAsync(id));
        await Expect(visit.Run("eager")).ToContainTextAsync("won");
        await Expect(visit.Run("eager").Locator(".figure").Nth(0)).ToHaveTextAsync(Some("(ms|s|min)"));
        await Expect(visit.Run("eager").Locator(".figure").Nth(1)).ToHaveTextAsync(Some("MiB"));
        await Expect(slots.Filter(new() { HasText = "idle" })).ToHaveCountAsync(3);
        await Expect(card.Locator(".usage")).ToContainTextAsync("0 of 3 slots busy");
        visit.IsWell();
    }

    /// <summary>A number that is not nought.</summary>
    private static Regex Some(string unit) => new($@"[1-9][\d.]*\s{unit}");
}
