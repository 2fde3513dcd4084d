using ProverCluster.Client.Tests.World;

namespace ProverCluster.Client.Tests;

/// <summary>A value out of its range is refused where it is set, in one sentence.</summary>
public sealed class Ranges_of_options
{
    private static readonly ProverClientOptions Client = new() { Endpoints = ["http://here"] };

    public static readonly TheoryData<string, Action> Wrong = new()
    {
        { "Timeout is 9ms, but 10ms to 7d is wanted", () => _ = new ProveOptions { Timeout = TimeSpan.FromMilliseconds(9) } },
        { "Timeout is -1s, but 10ms to 7d is wanted", () => _ = new ProveOptions { Timeout = TimeSpan.FromSeconds(-1) } },
        { "RunTimeout is 8d, but 10ms to 7d is wanted", () => _ = new ProveOptions { RunTimeout = TimeSpan.FromDays(8) } },
        { "Memory is 1 bytes, but 16,777,216 to 1,099,511,627,776 bytes is wanted", () => _ = new ProveOptions { Memory = 1 } },
        { "Strategy is 7, but Speculative, Sequential, BestOf is wanted", () => _ = new ProveOptions { Strategy = (Strategy)7 } },
        { "Priority is 101, but -100 to 100 is wanted", () => _ = new ProveOptions { Priority = 101 } },
        { "a name in Backends is 'Z3!', but the name of a prover, such as z3, is wanted", () => _ = new ProveOptions { Backends = ["z3", "Z3!"] } },
        { "Backends is a list with z3 in it twice, but each once is wanted", () => _ = new ProveOptions { Backends = ["z3", "z3"] } },
        { "Backends is a list of 33, but at most 32 is wanted", () => _ = new ProveOptions { Backends = [.. Enumerable.Range(0, 33).Select(i => $"p{i}")] } },
        { "Labels: a label has a control character in it", () => _ = new ProveOptions { Labels = new Dictionary<string, string> { ["k"] = "\n" } } },
        { "a name in Labels is 'a=b', but one without '=' is wanted", () => _ = new ProveOptions { Labels = new Dictionary<string, string> { ["a=b"] = "" } } },
        { "WithdrawGrace is 0ms, but 100ms to 5m is wanted", () => _ = new ProveOptions { WithdrawGrace = TimeSpan.Zero } },
        { "Name is a name of 4097 characters, but one of 1 to 4096 is wanted", () => _ = ClientWorld.Goal with { Name = new string('x', 4097) } },
        { "Endpoints is an empty list, but the address of a node, such as http://127.0.0.1:8081, is wanted", () => ProverClient.Connect() },
        { "an endpoint is 'here:8081', but an address such as http://127.0.0.1:8081 is wanted", () => ProverClient.Connect("here:8081") },
        { "an endpoint is 'http://u:p@here', but an address such as http://127.0.0.1:8081 is wanted", () => ProverClient.Connect("http://u:p@here") },
        { "an endpoint is 'http://here/?x', but an address such as http://127.0.0.1:8081 is wanted", () => ProverClient.Connect("http://here/?x") },
        { "Endpoints is a list with http://here/ in it twice, but each once is wanted", () => ProverClient.Connect("http://here", "http://here:80/") },
        { "Token is not one: it is empty, or has blanks or other characters in it that no token has", () => _ = Client with { Token = "a\nb" } },
        { "Parallel is 0, but 1 to 1,024 is wanted", () => _ = Client with { Parallel = 0 } },
        { "ConnectTimeout is 6m, but 100ms to 5m is wanted", () => _ = Client with { ConnectTimeout = TimeSpan.FromMinutes(6) } },
        { "RequestTimeout is 0.5ms, but 1s to 1h is wanted", () => _ = Client with { RequestTimeout = TimeSpan.FromMicroseconds(500) } },
        { "StreamSilence is 15s, but 20s to 1h is wanted", () => _ = Client with { StreamSilence = TimeSpan.FromSeconds(15) } },
        { "RetryFor is -1m, but 0ms to 1h is wanted", () => _ = Client with { RetryFor = TimeSpan.FromMinutes(-1) } },
        { "FirstBackoff is 0ms, but 1ms to 1m is wanted", () => _ = Client with { FirstBackoff = TimeSpan.Zero } },
        { "LongestBackoff is 11m, but 1ms to 10m is wanted", () => _ = Client with { LongestBackoff = TimeSpan.FromMinutes(11) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Are_told_in_one_sentence(string sentence, Action set) =>
        Assert.Equal(sentence, Assert.Throws<ArgumentOutOfRangeException>(set).Message);

    [Fact]
    public void Lists_are_taken_as_they_are_when_they_are_set()
    {
        var (backends, labels) = (new List<string> { "z3" }, new Dictionary<string, string> { ["k"] = "v" });
        var options = new ProveOptions { Backends = backends, Labels = labels };
        backends.Add("Z3!");
        labels["k\n"] = "";
        Assert.Equal(("z3", "k"), (Assert.Single(options.Backends), Assert.Single(options.Labels).Key));
    }

    [Fact]
    public async Task An_address_may_have_a_path_of_its_own()
    {
        await using var world = await ClientWorld.StartAsync(change: options => options with { Endpoints = [options.Endpoints[0] + "/provers"] });
        await Assert.ThrowsAsync<ProtocolException>(() => world.Prover.BackendsAsync());
        Assert.Equal("/provers/v1/backends", world.Nodes[0].Requests.Single().Route);
    }
}
