using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>However many goals there are, what is drawn and what is kept is bounded.</summary>
[Collection(nameof(Browser))]
public sealed class Many_goals(Browser browser, ITestOutputHelper output)
{
    private static readonly int Count = Stress.Count(quick: 400, stress: 10_000);

    [RequiresFact(Browser.Program)]
    public async Task Are_listed_with_a_few_lines_and_found_by_name_and_by_verdict()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.records.keep-most = 10000");
        await SubmitAsync(node, Count);
        await using var visit = await browser.VisitAsync(node);
        await Expect(visit.Page.Locator("#goals-count")).ToHaveTextAsync(Count.ToString("N0", CultureInfo.InvariantCulture));
        Assert.InRange(await visit.Goals.CountAsync(), 10, 40);
        Assert.Equal($"{Count}", await visit.Goals.First.GetAttributeAsync("aria-setsize"));

        await visit.Page.Locator("#goals-list").EvaluateAsync("list => list.scrollTop = list.scrollHeight");
        await Expect(visit.Page.Locator($"#goals-list li[aria-posinset='{Count}']")).ToBeVisibleAsync();
        Assert.InRange(await visit.Goals.CountAsync(), 10, 40);

        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("goal-77.");
        await Expect(visit.Goals).ToHaveCountAsync(1);
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await visit.Page.GetByLabel("Only these").SelectOptionAsync("proved");
        await Expect(visit.Page.Locator("#goals-count")).ToHaveTextAsync($"0 of {Count.ToString("N0", CultureInfo.InvariantCulture)}");
        visit.IsWell();
    }

    [StressFact(Browser.Program)]
    public async Task Are_painted_within_a_second_and_ten_minutes_of_live_updates_take_no_memory()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.records.keep-most = 10000");
        await SubmitAsync(node, Count);
        await using var visit = await browser.VisitAsync(node);
        await Expect(visit.Goals).Not.ToHaveCountAsync(0);
        var paint = await visit.Page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        var listed = await visit.Page.EvaluateAsync<double>("() => performance.now()");
        await Expect(visit.Page.Locator("#goals-count")).ToHaveTextAsync(Count.ToString("N0", CultureInfo.InvariantCulture));
        var whole = await visit.Page.EvaluateAsync<double>("() => performance.now()");

        using var end = new CancellationTokenSource();
        var updates = KeepSubmittingAsync(node, end.Token);
        await Task.Delay(TimeSpan.FromMinutes(1));
        var before = await MemoryAsync(visit.Page);
        await Task.Delay(TimeSpan.FromMinutes(10));
        var after = await MemoryAsync(visit.Page);
        await end.CancelAsync();
        output.WriteLine(FormattableString.Invariant(
            $"figures: page with {Count} goals: first paint {paint:0} ms, first goals {listed:0} ms, all {whole:0} ms; heap {before.Heap:0.0} MiB, after ten minutes and {await updates} goals more {after.Heap:0.0} MiB; nodes {before.Nodes}, then {after.Nodes}"));
        Assert.True(paint < 1000, $"first paint after {paint} ms");
        Assert.True(after.Heap < before.Heap * 1.1 + 1, $"{after.Heap} MiB, and {before.Heap} ten minutes before");
        Assert.True(after.Nodes < before.Nodes * 1.2 + 200, $"{after.Nodes} nodes, and {before.Nodes} ten minutes before");
        visit.IsWell();
    }

    /// <summary>Goals that are none: they are settled at once, and no prover runs for them.</summary>
    private static async Task SubmitAsync(ApiNode node, int count)
    {
        var lines = new StringBuilder();
        for (var number = 0; number < count; number++)
            lines.Append(CultureInfo.InvariantCulture, $"{{\"language\":\"dimacs\",\"text\":\"p cnf x\",\"name\":\"goal-{number}.cnf\"}}\n");
        using var content = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
        using var answer = await node.Client.PostAsync("/v1/goals:batch", content);
        Assert.Equal(count, (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static async Task<int> KeepSubmittingAsync(ApiNode node, CancellationToken cancellation)
    {
        var count = 0;
        for (; !cancellation.IsCancellationRequested; count++)
            await node.PostAsync("sleep 0.1 say unsat", $"wait=true&name=live-{count}.cnf", CancellationToken.None);
        return count;
    }

    /// <summary>What is left after the garbage is gone.</summary>
    private static async Task<(double Heap, int Nodes)> MemoryAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        var heap = await session.SendAsync("Runtime.getHeapUsage");
        var counters = await session.SendAsync("Memory.getDOMCounters");
        await session.DetachAsync();
        return (Number(heap, "usedSize") / (1 << 20), (int)Number(counters, "nodes"));
    }

    private static double Number(JsonElement? answer, string member) => answer!.Value.GetProperty(member).GetDouble();
}
