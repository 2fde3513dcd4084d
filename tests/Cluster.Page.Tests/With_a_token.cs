using static Microsoft.Playwright.Assertions;

namespace ProverCluster.Page;

/// <summary>Where tokens are wanted, the page wants one, and keeps it to itself.</summary>
[Collection(nameof(Browser))]
public sealed class With_a_token(Browser browser, TokensFixture tokens) : IClassFixture<TokensFixture>
{
    [RequiresFact(Browser.Program)]
    public async Task Whoever_has_one_comes_in_and_it_is_in_no_address_and_on_no_disk()
    {
        var secret = TokensFile.Secret("alice");
        await tokens.Node.As(secret).PostAsync("say unsat", "name=hers.cnf&wait=true");
        await using var visit = await browser.VisitAsync(tokens.Node);
        var dialog = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "This cluster wants a token" });
        await Expect(dialog).ToBeVisibleAsync();
        await visit.KeepPictureAsync("token");
        await EnterAsync(dialog, "this-is-the-token-of-nobody");
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("That is none");
        await EnterAsync(dialog, secret);

        await Expect(dialog).ToBeHiddenAsync();
        await Expect(visit.Goal("hers.cnf")).ToContainTextAsync("proved by puppet");
        await visit.Page.ReloadAsync();
        await Expect(visit.Goal("hers.cnf")).ToContainTextAsync("proved by puppet");
        await Expect(visit.Run("puppet")).ToContainTextAsync("won");

        Assert.All(visit.Addresses.Append(visit.Page.Url), address => Assert.DoesNotContain(secret, address));
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => localStorage.length + document.cookie.length"));
        Assert.Equal("", await visit.Page.Locator("#token-text").InputValueAsync());
        var tab = await visit.Page.Context.NewPageAsync();
        await tab.GotoAsync(visit.Page.Url);
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Forget the token" }).ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(visit.Goals).ToHaveCountAsync(0);
        visit.IsWell();
    }

    [RequiresFact(Browser.Program)]
    public async Task One_that_may_not_list_goals_follows_one_by_its_id()
    {
        var secret = TokensFile.Secret("submitter");
        var id = (await tokens.Node.As(secret).PostAsync("say unsat", "name=mine.cnf&wait=true"))["id"]!;
        await using var visit = await browser.VisitAsync(tokens.Node);
        await EnterAsync(visit.Page.GetByRole(AriaRole.Dialog), secret);

        await Expect(visit.Link).ToHaveTextAsync("Not for this token");
        await Expect(visit.Page.Locator("#goals-note")).ToContainTextAsync("This token may follow goals, but not list them");
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync(id);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open the goal with the id" }).ClickAsync();
        await Expect(visit.Race.GetByRole(AriaRole.Heading)).ToHaveTextAsync("mine.cnf");
        await Expect(visit.Race.Locator(".verdict")).ToContainTextAsync("proved by puppet");
        visit.IsWell();
    }

    private static async Task EnterAsync(ILocator dialog, string token)
    {
        await dialog.GetByLabel("Token").FillAsync(token);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Come in" }).ClickAsync();
    }
}
