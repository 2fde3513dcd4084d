using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>What goals are called, and what provers print, is text and stays text.</summary>
[Collection(nameof(Browser))]
public sealed class Hostile_words(Browser browser, AloneFixture alone) : IClassFixture<AloneFixture>
{
    private const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    [RequiresFact(Browser.Program)]
    public async Task Are_shown_as_they_are_and_run_nothing()
    {
        await alone.Node.PostAsync($"say sat say \"{Markup}\"", $"wait=true&show-output=true&name={Uri.EscapeDataString(Markup)}");
        await using var visit = await browser.VisitAsync(alone.Node);
        await visit.Goal(Markup).ClickAsync();

        await Expect(visit.Race.GetByRole(AriaRole.Heading)).ToHaveTextAsync(Markup);
        await visit.Race.GetByText("Model").ClickAsync();
        await Expect(visit.Race.Locator("pre")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        Assert.Equal(0, await visit.Page.Locator("main img, main script, body > script").CountAsync());
        visit.IsWell();
    }

    [RequiresFact(Browser.Program)]
    public async Task Would_run_nothing_if_the_page_took_them_for_markup()
    {
        await using var visit = await browser.VisitAsync(alone.Node);
        await Expect(visit.Link).ToHaveTextAsync("Live");
        var refusals = await visit.Page.EvaluateAsync<string[]>(
            """
            async markup => {
              const refused = [];
              addEventListener('securitypolicyviolation', violation => refused.push(violation.effectiveDirective));
              try { document.body.innerHTML = markup; } catch { refused.push('thrown'); }
              const script = document.createElement('script');
              try { script.text = 'alert(3)'; document.body.append(script); } catch { refused.push('thrown'); }
              document.body.setAttribute('style', 'color: red');
              try { await fetch('http://127.0.0.2:1/'); } catch { refused.push('thrown'); }
              await new Promise(resolve => setTimeout(resolve, 0));
              return refused;
            }
            """,
            Markup);
        Assert.Contains("require-trusted-types-for", refusals);
        Assert.Contains("style-src-attr", refusals);
        Assert.Contains("connect-src", refusals);
        Assert.Equal(3, refusals.Count(refusal => refusal == "thrown"));
    }
}
