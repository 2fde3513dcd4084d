using System.Net;

namespace ProverCluster.Api;

/// <summary>Where nobody needs a token, pages in a browser of this machine can do nothing.</summary>
public sealed class Local_pages(AloneFixture alone) : IClassFixture<AloneFixture>
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:8081")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.9.8.7")]
    [InlineData("[::1]:8081")]
    public async Task A_request_for_this_machine_is_answered(string host) => Assert.Equal(HttpStatusCode.OK, (await AskAsync(alone.Node, host)).Status);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8081")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.7")]
    [InlineData("0.0.0.0:8081")]
    [InlineData("[::2]")]
    public async Task A_request_for_another_host_is_not_whatever_it_wants(string host)
    {
        foreach (var path in new[] { "/", "/v1/goals", "/health/live", "/openapi/v1.json", "/nothing" })
        {
            var answer = await AskAsync(alone.Node, host, path: path);
            Assert.Equal((HttpStatusCode.BadRequest, "bad-host"), (answer.Status, answer.Code));
        }
    }

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("https://[::1]:8443", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("null", false)]
    [InlineData("chrome-extension://abcdefgh", false)]
    public async Task A_page_of_another_site_submits_nothing(string origin, bool isOurs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/goals?backends=puppet&wait=true") { Content = new StringContent(ApiNode.Goal("say unsat")) };
        request.Content.Headers.ContentType = new("application/dimacs");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        var answer = await alone.Node.SendAsync(request);
        if (isOurs)
            Assert.Equal("proved", answer["verdict"]);
        else
            Assert.Equal((HttpStatusCode.Forbidden, "bad-origin"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Where_a_token_is_wanted_or_everybody_is_let_in_neither_is_looked_at()
    {
        using var file = new TokensFile(TokensFile.Entry("alice", "read"));
        await using var node = await ApiNode.StartAsync(file.Hocon);
        Assert.Equal("no-token", (await AskAsync(node, "prover.example", "https://prover.example")).Code);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(node.As(TokensFile.Secret("alice")), "prover.example", "https://prover.example")).Status);

        await using var open = await ApiNode.StartAsync("prover-cluster.http.insecure = on");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(open, "prover.example", "https://prover.example")).Status);
    }

    private static async Task<Answer> AskAsync(ApiNode node, string host, string? origin = null, string path = "/v1/goals")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await node.SendAsync(request);
    }
}
