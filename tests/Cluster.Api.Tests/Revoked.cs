using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProverCluster.Api;

/// <summary>The file of tokens changes while the node runs.</summary>
public sealed class Revoked : IAsyncLifetime
{
    private readonly TokensFile _file = new(Alice, Root);

    private ApiNode _node = null!;
    private ApiNode _alice = null!;

    private static string Alice => TokensFile.Entry("alice", "submit, read");

    private static string Root => TokensFile.Entry("root", "admin");

    public async Task InitializeAsync()
    {
        _node = await ApiNode.StartAsync(_file.Hocon);
        _alice = _node.As(TokensFile.Secret("alice"));
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _file.Dispose();
    }

    /// <summary>Sorts of texts that are no file of tokens; in each the hash of somebody's token.</summary>
    public static TheoryData<string> Broken => new()
    {
        "",
        "tokens {\n" + Alice,
        "tokens { alice = \"" + TokensFile.Hash("alice") + "\" }",
        "tokens { alice { sha256 = \"" + TokensFile.Hash("alice") + "0\", roles = [read] } }",
        "tokens { alice { sha265 = \"" + TokensFile.Hash("alice") + "\", roles = [read] } }",
        "tokens { alice { sha256 = \"" + TokensFile.Hash("alice") + "\", roles = [\"" + TokensFile.Secret("alice") + "\"] } }",
        "tokens { " + TokensFile.Hash("alice") + " { roles = [read] } }",
        TokensFile.Secret("alice") + " = " + TokensFile.Hash("alice"),
        "tokens {\n" + Alice + TokensFile.Entry("bob", "read").Replace(TokensFile.Hash("bob"), TokensFile.Hash("alice")) + "}",
    };

    [Fact]
    public async Task A_token_that_is_added_is_good_and_one_that_is_gone_is_nobodys_within_seconds()
    {
        Assert.Equal(HttpStatusCode.OK, await SeenAsync("alice"));
        _file.Write(TokensFile.Entry("bob", "read"), Root);
        await IsGoodAsync("bob");
        Assert.Equal(HttpStatusCode.Unauthorized, await SeenAsync("alice"));
        Assert.Equal("bad-token", (await _alice.PostAsync("say unsat")).Code);

        // Whose goals they are is a matter of the name, so they are there again for whoever has it next.
        _file.Write(TokensFile.Entry("alice", "read").Replace(TokensFile.Hash("alice"), TokensFile.Hash("next")), Root);
        await IsGoodAsync("next");
        Assert.Equal(HttpStatusCode.Unauthorized, await SeenAsync("alice"));
    }

    [Fact]
    public async Task What_is_open_with_it_ends_and_what_only_stands_goes_on()
    {
        var (standing, waited, batched) = (ApiNode.NewId(), ApiNode.NewId(), ApiNode.NewId());
        await _alice.PostAsync("sleep 1000", $"id={standing}");
        using var stream = await _alice.Client.GetAsync($"/v1/goals/{standing}/events", HttpCompletionOption.ResponseHeadersRead);
        var waiting = _alice.PostAsync("sleep 1000", $"id={waited}&wait=true");
        using var batch = await OpenBatch.BeginAsync(_node.Server.Address, TokensFile.Secret("alice"));
        await batch.SayAsync(ApiNode.Json("sleep 1000", batched));
        var processes = new List<ProverProcesses>();
        foreach (var id in new[] { waited, batched })
            processes.Add(await ApiNode.RunsAsync(id));
        var kept = await ApiNode.RunsAsync(standing);

        _file.Write(Root);
        Look();
        Assert.DoesNotContain("event: settled", await stream.Content.ReadAsStringAsync());
        var end = await waiting;
        Assert.Equal((HttpStatusCode.Unauthorized, "bad-token"), (end.Status, end.Code));
        // The line that was raced, and the next one, which is not read.
        var lines = await batch.AnswersAsync();
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Contains("\"bad-token\"", line));
        await Eventually.True(() => processes.All(each => each.Look().Count == 0), "the provers of those who waited are gone");
        Assert.NotEmpty(kept.Look());
        Assert.Equal("open", (await _node.As(TokensFile.Secret("root")).GetAsync($"/v1/goals/{standing}"))["state"]);
    }

    /// <summary>Whoever sends slowly was let in when the token was good, and is asked again before anything is accepted.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("&wait=true", null)]
    [InlineData("&wait=events", null)]
    [InlineData("", 5)]
    public async Task What_is_still_being_sent_is_not_accepted(string query, int? quota)
    {
        _file.Write(TokensFile.Entry("alice", "submit, read", quota), Root);
        Look();
        var (id, goal) = (ApiNode.NewId(), ApiNode.Goal("sleep 1000"));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _node.Server.Address.Port);
        using var said = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/goals?backends=puppet&id={id}{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {TokensFile.Secret("alice")}\r\n"
            + $"Content-Type: application/dimacs\r\nContent-Length: {goal.Length}\r\n\r\n{goal[..10]}"));
        await Eventually.True(() => _node.Server.Tools.Bodies.Taken > 0, "it is being read");

        _file.Write(Root);
        Look();
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(goal[10..]));
        var answer = await said.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.StartsWith("HTTP/1.1 401 ", answer);
        Assert.Contains("\"bad-token\"", answer);
        Assert.Equal("unknown-goal", (await _node.As(TokensFile.Secret("root")).GetAsync($"/v1/goals/{id}")).Code);
    }

    [Fact]
    public async Task Other_roles_hold_from_then_on_and_another_quota_ends_nothing()
    {
        var id = ApiNode.NewId();
        await _alice.PostAsync("sleep 1000", $"id={id}");
        using var stream = await _alice.Client.GetAsync($"/v1/goals/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        _file.Write(TokensFile.Entry("alice", "submit, read", mostOpen: 1), Root);
        Look();
        Assert.Equal("quota", (await _alice.PostAsync("say unsat")).Code);
        await _alice.DeleteAsync($"/v1/goals/{id}");
        Assert.Contains("event: settled", await stream.Content.ReadAsStringAsync());

        _file.Write(TokensFile.Entry("alice", "read"), Root);
        Look();
        Assert.Equal("forbidden", (await _alice.PostAsync("say unsat")).Code);
        Assert.Equal("withdrawn", (await _alice.GetAsync($"/v1/goals/{id}"))["verdict"]);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_file_that_is_none_changes_nothing_and_is_said_once_without_what_is_in_it(string text)
    {
        var heard = new Heard(_node);
        _file.WriteText(text);
        for (var times = 0; times < 3; times++)
            Look();
        Assert.Equal(HttpStatusCode.OK, await SeenAsync("alice"));
        await Eventually.True(() => heard.Lines.Count > 0, "it is said");
        var line = Assert.Single(heard.Lines);
        Assert.StartsWith(_file.Path, line);
        Assert.EndsWith("; the tokens that were good before still are", line);
        Assert.DoesNotContain(TokensFile.Hash("alice"), line);
        Assert.DoesNotContain(TokensFile.Secret("alice"), line);
    }

    [Fact]
    public async Task A_file_that_is_gone_or_that_others_may_write_changes_nothing_and_is_said_each_time()
    {
        var heard = new Heard(_node);
        for (var times = 1; times <= 2; times++)
        {
            File.Delete(_file.Path);
            Look();
            Look();
            await Eventually.True(() => heard.With("cannot be read as a file of tokens").Count == times, "it is said", instead: () => string.Join('\n', heard.Lines));
            _file.Write(Alice, Root);
            Look();
        }

        _file.WriteText(TokensFile.Block(Root), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        Look();
        await Eventually.True(() => heard.With("others than its owner may write this file").Count == 1, "it is said");
        Assert.Equal(HttpStatusCode.OK, await SeenAsync("alice"));
    }

    [Fact]
    public async Task A_block_with_nobody_in_it_lets_nobody_in()
    {
        _file.Write();
        Look();
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await SeenAsync("alice"), await SeenAsync("root")));
        Assert.Equal(HttpStatusCode.OK, (await _node.GetAsync("/health/live")).Status);
    }

    private void Look() => _node.Server.Tools.Tokens!.Look();

    private async Task IsGoodAsync(string name)
    {
        var client = _node.As(TokensFile.Secret(name));
        await Eventually.True(() => client.GetAsync("/v1/goals").GetAwaiter().GetResult().Status == HttpStatusCode.OK, $"the token of {name} is good", TimeSpan.FromSeconds(20));
    }

    private async Task<HttpStatusCode> SeenAsync(string name) => (await _node.As(TokensFile.Secret(name)).GetAsync("/v1/goals")).Status;
}
