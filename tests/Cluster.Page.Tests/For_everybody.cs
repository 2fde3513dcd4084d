using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>For whoever has no mouse, does not see, has a small window, or looks at it by night.</summary>
[Collection(nameof(Browser))]
public sealed class For_everybody(Browser browser, For_everybody.Goals goals) : IClassFixture<For_everybody.Goals>
{
    /// <summary>Texts whose contrast to what is behind them is too small, as the browser draws them.</summary>
    private const string Pale =
        """
        () => {
          const parts = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const colour = parts(getComputedStyle(at).backgroundColor);
              if (colour.length === 3 || colour[3] === 1) return colour;
            }
            return [255, 255, 255];
          };
          return [...document.querySelectorAll('body *')]
            .filter(each => each.checkVisibility() && !each.closest('.sr, noscript') && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            .map(each => {
              const [one, other] = [light(parts(getComputedStyle(each).color)), light(behind(each))];
              return [(Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05), each];
            })
            .filter(([contrast]) => contrast < 4.5)
            .map(([contrast, each]) => `${contrast.toFixed(2)} ${each.tagName}.${each.className} ${each.textContent.slice(0, 40)}`);
        }
        """;

    /// <summary>What can be operated, and has no name.</summary>
    private const string Nameless =
        """
        () => [...document.querySelectorAll('a, button, input, select, summary, table, section, nav, dialog, [role=img], [role=search]')]
          .filter(each => !(each.ariaLabel || each.labels?.length || each.querySelector(':scope > caption')?.textContent || each.getAttribute('aria-labelledby')?.split(' ').every(id => document.getElementById(id)?.textContent)
            || (!/^(INPUT|SELECT|TABLE|SECTION|NAV|DIALOG)$/.test(each.tagName) && each.textContent.trim())))
          .map(each => each.outerHTML.slice(0, 120))
        """;

    private readonly ApiNode _node = goals.Node;

    /// <summary>A goal of each kind.</summary>
    public sealed class Goals : IAsyncLifetime
    {
        internal ApiNode Node { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Node = await Racers.StartAsync();
            foreach (var play in new[] { "say unsat", "say sat", "say hm" })
                await Node.PostAsync(play, $"wait=true&name={play.Split(' ')[1]}.cnf");
            await Node.SendAsync(HttpMethod.Post, "/v1/goals?wait=true&name=broken.cnf", "p cnf", "application/dimacs");
            await Node.RaceAsync("open.cnf");
        }

        public async Task DisposeAsync() => await Node.DisposeAsync();
    }

    [RequiresFact(Browser.Program)]
    public async Task Its_parts_have_names_and_its_texts_a_contrast_and_nothing_sticks_out()
    {
        await using var visit = await browser.VisitAsync(_node);
        foreach (var (width, isDark) in new[] { (1280, false), (1280, true), (390, false), (390, true) })
        {
            await visit.Page.SetViewportSizeAsync(width, 844);
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light });
            foreach (var view in width > 1000 ? ["#/"] : new[] { "#/", "#/race", "#/nodes", "#/backends" })
            {
                await visit.Page.EvaluateAsync("view => location.hash = view", view);
                await Expect(visit.Page.Locator(view == "#/" ? "#goals-list" : $"#{view[2..]}")).ToBeVisibleAsync();
                await Expect(visit.Goals).Not.ToHaveCountAsync(0);
                Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Pale));
                Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll('main, main > section')].every(part => part.scrollWidth <= part.clientWidth)"), $"{view} at {width}");
            }
        }

        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Nameless));
        Assert.Equal(1, await visit.Page.GetByRole(AriaRole.Main).CountAsync());
        Assert.Equal(1, await visit.Page.GetByRole(AriaRole.Banner).CountAsync());
        foreach (var part in new[] { "Goals", "Nodes", "Backends", "open.cnf" })
            await Expect(visit.Page.Locator("main > section > header h2").Filter(new() { HasText = part })).ToHaveCountAsync(1);
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => { const ids = [...document.querySelectorAll('[id]')].map(each => each.id); return new Set(ids).size === ids.length; }"));
        visit.IsWell();
    }

    [RequiresFact(Browser.Program)]
    public async Task The_keyboard_alone_leads_everywhere_and_one_sees_where_it_is()
    {
        await using var visit = await browser.VisitAsync(_node);
        await Expect(visit.Goals).ToHaveCountAsync(5);
        var keys = visit.Page.Keyboard;
        await keys.PressAsync("Tab");
        await Expect(visit.Page.Locator(":focus")).ToHaveTextAsync("Skip to the race");
        await keys.PressAsync("Enter");
        await Expect(visit.Race).ToBeFocusedAsync();

        await visit.Page.Locator("#filter-kind").FocusAsync();
        await keys.PressAsync("Tab");
        await Expect(visit.Goal("open.cnf")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(visit.Goal("broken.cnf")).ToBeFocusedAsync();
        await keys.PressAsync("End");
        await Expect(visit.Goal("unsat.cnf")).ToBeFocusedAsync();
        Assert.Equal("solid", await visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        await keys.PressAsync("Enter");
        await Expect(visit.Race.GetByRole(AriaRole.Heading)).ToHaveTextAsync("unsat.cnf");
        await Expect(visit.Goal("unsat.cnf")).ToBeFocusedAsync();
        await Expect(visit.Goal("unsat.cnf")).ToHaveAttributeAsync("aria-current", "true");
        visit.IsWell();
    }

    /// <summary>What is in a slot, by the words of docs/http.md: asked of a node that tells it.</summary>
    [RequiresFact(Browser.Program)]
    public async Task What_each_slot_runs_is_shown_where_it_is_told_and_else_that_it_is_not()
    {
        await using var visit = await browser.VisitAsync(_node);
        var id = (await _node.GetAsync("/v1/goals?state=open")).Json.GetProperty("goals")[0].GetProperty("id").GetString();
        await Expect(visit.Page.Locator("#nodes-list")).ToContainTextAsync("2 of 2 slots busy");
        await visit.Page.RouteAsync("**/v1/nodes/*/runs", route => route.FulfillAsync(new() { Status = 404, ContentType = "application/problem+json", Body = """{"code":"unknown-route","detail":"none"}""" }));
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator("#nodes-note")).ToContainTextAsync("What each slot runs is not told");

        await visit.Page.RouteAsync("**/v1/nodes/*/runs", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = $$"""
                {"node":"n","runs":[
                  {"run":"{{id}}/1/swift/1","goal":"{{id}}","backend":"swift","state":"running","ageMs":1200.5,"processes":[4711],"cpuMs":1180.2,"rssMiB":28.1,"outputBytes":0,"tickLateMs":0.3,"worstTickLateMs":4.1},
                  {"run":null,"goal":null,"backend":"steady","state":"stopping","ageMs":90,"processes":null,"cpuMs":60000,"rssMiB":12.5,"outputBytes":0,"tickLateMs":null,"worstTickLateMs":null}]}
                """,
        }));
        await visit.Page.ReloadAsync();
        var cells = visit.Page.GetByRole(AriaRole.List, new() { Name = "Slots" }).GetByRole(AriaRole.Listitem);
        await Expect(cells.Nth(0)).ToContainTextAsync("swift");
        await Expect(cells.Nth(0)).ToContainTextAsync("28.1 MiB");
        await Expect(cells.Nth(0).GetByRole(AriaRole.Link)).ToHaveTextAsync("open.cnf");
        await Expect(cells.Nth(1)).ToContainTextAsync("another token’s goal");
        await Expect(cells.Nth(1)).ToContainTextAsync("stopping");
        visit.IsWell();
    }
}
