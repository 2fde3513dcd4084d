using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>However many goals there are, what is drawn and what is kept is bounded.</summary>
[Collection(nameof(Browser))]
public sealed class Many_goals(Browser browser, ITestOutputHelper output)
{
    /// <summary>One of so many is raced.</summary>
    private const int RacedEvery = 50;

    /// <summary>Who keeps goals coming, each with one at a time.</summary>
    private const int Submitters = 4;

    /// <summary>When the first goals are listed, in milliseconds after somebody went to the page.</summary>
    private const string Listed =
        """
        () => new Promise(resolve => {
          const look = () => document.querySelector('#goals-list li') ? resolve(performance.now()) : requestAnimationFrame(look);
          look();
        })
        """;

    private static readonly string[] Raced = ["puppet", "steady"];

    private static readonly int Count = Stress.Count(quick: 400, stress: 10_000);

    [RequiresFact(Browser.Program)]
    public async Task Are_listed_with_a_few_lines_and_found_by_name_and_by_verdict()
    {
        await using var node = await StartAsync();
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
        await Expect(visit.Page.Locator("#goals-count")).ToHaveTextAsync($"{Count / RacedEvery} of {Count.ToString("N0", CultureInfo.InvariantCulture)}");
        visit.IsWell();
    }

    [StressFact(Browser.Program)]
    public async Task Are_painted_within_a_second_and_ten_minutes_of_live_updates_take_no_memory()
    {
        await using var node = await StartAsync();
        await SubmitAsync(node, Count);
        // A program that was just started compiles itself while it answers the first who asks.
        double first;
        await using (var earlier = await browser.VisitAsync(node))
            first = await earlier.Page.EvaluateAsync<double>(Listed);
        await using var visit = await browser.VisitAsync(node);
        var listed = await visit.Page.EvaluateAsync<double>(Listed);
        var paint = await visit.Page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        await Expect(visit.Page.Locator("#goals-count")).ToHaveTextAsync(Count.ToString("N0", CultureInfo.InvariantCulture));
        var whole = await visit.Page.EvaluateAsync<double>("() => performance.now()");

        using var end = new CancellationTokenSource();
        var updates = Task.WhenAll(Enumerable.Range(0, Submitters).Select(number => KeepSubmittingAsync(node, number, end.Token)));
        await Task.Delay(TimeSpan.FromMinutes(1));
        var before = await MemoryAsync(visit.Page);
        await Task.Delay(TimeSpan.FromMinutes(10));
        var after = await MemoryAsync(visit.Page);
        await end.CancelAsync();
        output.WriteLine(FormattableString.Invariant(
            $"figures: page with {Count} goals: first paint {paint:0} ms, first goals {listed:0} ms ({first:0} ms for the first who asks), all {whole:0} ms; heap {before.Heap:0.0} MiB, after ten minutes and {(await updates).Sum()} goals more {after.Heap:0.0} MiB; nodes {before.Nodes}, then {after.Nodes}"));
        Assert.True(paint < 1000, $"first paint after {paint} ms");
        // The header is painted before the node has said anything.
        Assert.True(listed < 1000, $"first goals after {listed} ms");
        Assert.True(after.Heap < before.Heap * 1.1 + 1, $"{after.Heap} MiB, and {before.Heap} ten minutes before");
        Assert.True(after.Nodes < before.Nodes * 1.2 + 200, $"{after.Nodes} nodes, and {before.Nodes} ten minutes before");
        visit.IsWell();
    }

    private static Task<ApiNode> StartAsync() => Racers.StartAsync($"prover-cluster {{ slots = {2 * Submitters}, records.keep-most = 10000 }}");

    /// <summary>Most are none: they are settled at once, and no prover runs for them. The others have a winner, and a run that was preempted.</summary>
    private static async Task SubmitAsync(ApiNode node, int count)
    {
        var lines = new StringBuilder();
        for (var number = 0; number < count; number++)
            lines.Append(Line($"goal-{number}.cnf", number % RacedEvery == 0)).Append('\n');
        using var content = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
        using var answer = await node.Client.PostAsync("/v1/goals:batch", content);
        Assert.Equal(count, (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static string Line(string name, bool isRaced) => isRaced
        ? ApiNode.Json("say unsat", options: [("name", name), ("backends", new JsonArray([.. Raced]))])
        : $$"""{"language":"dimacs","text":"p cnf x","name":"{{name}}"}""";

    private static async Task<int> KeepSubmittingAsync(ApiNode node, int submitter, CancellationToken cancellation)
    {
        var count = 0;
        for (; !cancellation.IsCancellationRequested; count++)
        {
            var query = $"backends={string.Join(',', Raced)}&wait=true&name=live-{submitter}-{count}.cnf";
            await node.SendAsync(HttpMethod.Post, $"/v1/goals?{query}", ApiNode.Goal("sleep 0.1 say unsat"), "application/dimacs", CancellationToken.None);
        }

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
