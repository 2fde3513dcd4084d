using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using ProverCluster.Api.Access;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api;

/// <summary>Where the node listens, and whom it then asks who they are.</summary>
public sealed class Listening(AloneFixture alone) : IClassFixture<AloneFixture>
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("localhost")]
    [InlineData("::1")]
    public void This_machine_alone_needs_nothing(string host) => Assert.Null(HttpAccess.Read(Settings($"host = \"{host}\"")).Notice);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("10.0.0.7")]
    public void Other_machines_are_refused_without_tokens_and_a_word_that_this_is_meant(string host)
    {
        Assert.Equal(
            $"http.host is '{host}', which is not this machine alone, but 127.0.0.1 is wanted where http.tokens names no file of tokens (--insecure lets everybody in)",
            Complaint($"host = \"{host}\""));
        Assert.Contains($"whoever can reach {host} over HTTP may submit goals", HttpAccess.Read(Settings($"host = \"{host}\", insecure = on")).Notice);
    }

    [Fact]
    public void Tokens_for_nobody_who_needs_one_contradict_themselves()
    {
        using var file = new TokensFile(TokensFile.Entry("alice", "read"));
        foreach (var host in new[] { "127.0.0.1", "0.0.0.0" })
            Assert.Contains("leave one of them out", Complaint($"host = \"{host}\", insecure = on, tokens = \"{file.Path}\""));
    }

    [Fact]
    public void A_file_of_tokens_that_is_not_what_is_wanted_is_told_before_anything_starts()
    {
        Assert.StartsWith("/nowhere/tokens.conf: cannot be read as a file of tokens: ", Complaint("tokens = \"/nowhere/tokens.conf\""));
        using var file = new TokensFile();
        file.WriteText("tokens { alice { roles = [read] } }");
        Assert.Equal($"{file.Path}: tokens.alice.sha256 is not the SHA-256 of a token, in 64 hexadecimal digits", Complaint($"tokens = \"{file.Path}\""));
    }

    [Fact]
    public async Task With_tokens_the_node_answers_whoever_has_one_at_every_address()
    {
        using var file = new TokensFile(TokensFile.Entry("alice", "submit, read"));
        var hocon = $"{file.Hocon}prover-cluster.http.host = \"0.0.0.0\"";
        Assert.Contains("travel in clear text", HttpAccess.Read(Settings($"tokens = \"{file.Path}\", host = \"0.0.0.0\"")).Notice);
        await using var node = await ApiNode.StartAsync(hocon);
        Assert.StartsWith("http://0.0.0.0:", node.Server.Address.ToString());
        Assert.Equal("no-token", (await node.GetAsync("/v1/goals")).Code);
        Assert.Equal("proved", (await node.As(TokensFile.Secret("alice")).PostAsync("say unsat", "wait=true"))["verdict"]);
    }

    [Fact]
    public async Task Everybody_is_let_in_if_that_is_said()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http { host = \"0.0.0.0\", insecure = on }");
        Assert.Equal("proved", (await node.PostAsync("say unsat", "wait=true"))["verdict"]);
    }

    [Fact]
    public async Task An_address_of_another_machine_and_a_port_that_is_taken_are_told_in_a_sentence()
    {
        Assert.Equal("cannot answer on 192.0.2.1:0: the address is none of this machine's; choose another one with --http-host", await RefusalAsync("host = \"192.0.2.1\", insecure = on"));
        var taken = alone.Node.Server.Address.Port;
        Assert.Matches($"^cannot answer on 127.0.0.1:{taken}: .*; choose another port with --http$", await RefusalAsync($"port = {taken}"));
        Assert.Equal(HttpStatusCode.OK, (await alone.Node.GetAsync("/health/live")).Status);
    }

    [Fact]
    public void Whatever_else_keeps_it_from_listening_is_told_in_a_sentence_too()
    {
        var settings = Settings("port = 80");
        Assert.Equal($"cannot answer on 127.0.0.1:80: {new SocketException((int)SocketError.AccessDenied).Message}; choose another port with --http", StartFaults.Sentence(new SocketException((int)SocketError.AccessDenied), settings));
        Assert.Equal("cannot answer on 127.0.0.1:80: it is taken; choose another port with --http", StartFaults.Sentence(new AddressInUseException("it is taken."), settings));
        Assert.Null(StartFaults.Sentence(new InvalidOperationException("a defect"), settings));
    }

    private static HttpSettings Settings(string http) => Node(http).Http;

    private static NodeSettings Node(string http) =>
        NodeSettings.Read(SettingsFiles.LoadShipped().With("port.conf", "prover-cluster.http.port = 0").With("spec.conf", $"prover-cluster.http {{ {http} }}"));

    private static string Complaint(string http) => Assert.Throws<SettingsException>(() => HttpAccess.Read(Settings(http))).Message;

    /// <summary>Why the same node cannot answer there too.</summary>
    private async Task<string> RefusalAsync(string http) =>
        (await Assert.ThrowsAsync<SettingsException>(() => ApiServer.StartAsync(alone.Node.Node, Node(http), CancellationToken.None))).Message;
}
