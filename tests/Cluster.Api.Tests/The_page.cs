using System.Net;
using System.Text.RegularExpressions;

namespace ProverCluster.Api;

/// <summary>How the page for people is served; what it does in a browser is said by Cluster.Page.Tests.</summary>
public sealed partial class The_page(AloneFixture alone, TokensFixture tokens) : IClassFixture<AloneFixture>, IClassFixture<TokensFixture>
{
    [Fact]
    public async Task Lets_nothing_run_but_its_own_files_and_is_asked_for_anew_each_time()
    {
        var page = await alone.Node.GetAsync("/");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.Type));
        Assert.Equal(["no-cache", "nosniff", "no-referrer", "same-origin"], Headers(page, "Cache-Control", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"));
        var policy = page.Headers["Content-Security-Policy"];
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        // What the policy forbids is not there.
        Assert.DoesNotMatch(Inline(), page.Text);
    }

    [Fact]
    public async Task Names_its_files_by_what_is_in_them_and_they_are_good_for_ever()
    {
        var page = await alone.Node.GetAsync("/");
        var files = new Queue<string>(Names().Matches(page.Text).Select(match => $"/{match.Groups[1].Value}"));
        var named = files.ToHashSet();
        var seen = new HashSet<string>();
        while (files.TryDequeue(out var path))
        {
            if (!seen.Add(path))
                continue;
            var file = await alone.Node.GetAsync(path);
            Assert.True(file.Status == HttpStatusCode.OK, $"{path}: {file}");
            Assert.Equal(["public, max-age=31536000, immutable", "nosniff"], Headers(file, "Cache-Control", "X-Content-Type-Options"));
            foreach (Match import in Imports().Matches(file.Text))
                files.Enqueue(path[..(path.LastIndexOf('/') + 1)] + import.Groups[1].Value);
        }

        // None is found out about by reading another: that would be a way to the node and back.
        Assert.Equal(named, seen);
        Assert.Equal(Directory.GetFiles(Path.Combine(Repo.Root, "src/Cluster.Api/Page")).Length - 1, seen.Count);
    }

    [Theory]
    [InlineData("/page/0123456789abcdef/main.js")]
    [InlineData("/page/{version}/nothing.js")]
    [InlineData("/page/{version}/index.html")]
    [InlineData("/page/{version}/..%2fopenapi.json")]
    public async Task Has_no_other_files(string path)
    {
        var version = Names().Match((await alone.Node.GetAsync("/")).Text).Groups[1].Value.Split('/')[1];
        var answer = await alone.Node.GetAsync(path.Replace("{version}", version));
        Assert.Equal((HttpStatusCode.NotFound, "unknown-route"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Is_for_everybody_since_it_says_nothing_of_any_goal()
    {
        Assert.Equal(HttpStatusCode.OK, (await tokens.Node.GetAsync("/")).Status);
        Assert.Equal("no-token", (await tokens.Node.GetAsync("/v1/goals")).Code);
    }

    private static IEnumerable<string> Headers(Answer answer, params string[] names) => names.Select(name => answer.Headers[name]);

    [GeneratedRegex("""(?:href|src)="(page/[^"]+)""")]
    private static partial Regex Names();

    [GeneratedRegex("""from '\./([^']+)'""")]
    private static partial Regex Imports();

    [GeneratedRegex("""<script(?![^>]*src=)|<style|\sstyle=|\son\w+=""")]
    private static partial Regex Inline();
}
