using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Akka.Event;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using Xunit.Abstractions;

namespace ProverCluster.Api.Fuzz;

/// <summary>
/// A seeded fuzz of the whole surface: whatever comes over a connection, the node answers or closes it, never with a failure of its own, and nothing is left of it. A failure prints the
/// seed, which PROVER_CLUSTER_SEED replays, and the request.
/// </summary>
[Collection(nameof(Malformed_requests))]
public sealed class Malformed_requests(ITestOutputHelper output)
{
    private const int AtOnce = 16;

    /// <summary>No real prover is started: what is asked is whether the texts and options of the requests are read.</summary>
    private static string NoProvers => string.Concat(BackendCatalogue.Read(SettingsFiles.LoadShipped()).Names.Select(name => $"prover-cluster.backends.{name}.executable = \"/nowhere\"\n"));

    [Fact]
    public async Task Are_answered_or_closed_and_break_nothing()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PROVER_CLUSTER_SEED"), out var given) ? given : 7;
        var (maker, since) = (new RequestMaker(seed), Stopwatch.StartNew());
        await using var node = await ApiNode.StartAsync(NoProvers + "prover-cluster.http.header-timeout = 2s");
        var errors = new ConcurrentQueue<string>();
        node.Node.System.EventStream.Subscribe(node.Node.System.ActorOf(Props.Create(() => new Listener(errors))), typeof(Error));
        var tally = new Tally();

        await Parallel.ForAsync(0, Stress.Count(3_000, 100_000), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var request = maker.Make(number);
            var said = await RawExchange.SayAsync(node.Server.Address.Port, request, Busy.Allow(TimeSpan.FromSeconds(20)));
            Assert.True(tally.IsGood(said), $"seed {seed}, request {number}: {said ?? "no end"} to {Shown(request)}");
        });

        Assert.True(errors.IsEmpty, $"seed {seed}: {string.Join("; ", errors.Take(3))}");
        // A bit less than it is with any seed: the requests are to go as far as the goals, and not to be turned away before.
        Assert.True(tally is { Reached: > 0.4, Accepted: > 0.02, Settled: > 0.1 }, $"seed {seed}: {tally}");
        await node.HasNothingLeftAsync();
        output.WriteLine(FormattableString.Invariant($"figures: {tally.Count} malformed requests in {since.Elapsed.TotalSeconds:0} s: {tally}"));
    }

    [Fact]
    public void Are_the_same_again_with_the_same_seed()
    {
        var (one, another) = (new RequestMaker(7), new RequestMaker(7));
        Assert.All(Enumerable.Range(0, 1000).Reverse(), number => Assert.Equal(one.Make(number), another.Make(number)));
        Assert.NotEqual(one.Make(1), new RequestMaker(8).Make(1));
    }

    private static string Shown(byte[] request) => string.Concat(Encoding.Latin1.GetString(request).Select(c => c is >= ' ' and <= '~' ? $"{c}" : $"\\x{(int)c:x2}"));

    private sealed class Listener : ReceiveActor
    {
        public Listener(ConcurrentQueue<string> errors) => Receive<Error>(error => errors.Enqueue(error.ToString()));
    }
}
