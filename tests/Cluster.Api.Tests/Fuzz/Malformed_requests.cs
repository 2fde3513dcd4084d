using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
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
public sealed partial class Malformed_requests(ITestOutputHelper output)
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
        var answers = new ConcurrentDictionary<string, int>();

        await Parallel.ForAsync(0, Stress.Count(3_000, 100_000), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var request = maker.Make(number);
            var said = await RawExchange.SayAsync(node.Server.Address.Port, request, Busy.Allow(TimeSpan.FromSeconds(20)));
            var status = said is null ? "no end" : said.Length == 0 ? "closed" : StatusLine().Matches(said) is [.., var last] ? last.Groups[1].Value : "nonsense";
            answers.AddOrUpdate(status, 1, (_, count) => count + 1);
            Assert.True(status is "closed" or "501" or "503" or "505" || status[0] is >= '1' and <= '4', $"seed {seed}, request {number}: {status}: {said} to {Shown(request)}");
        });

        Assert.True(errors.IsEmpty, $"seed {seed}: {string.Join("; ", errors.Take(3))}");
        await node.HasNothingLeftAsync();
        output.WriteLine(FormattableString.Invariant(
            $"figures: {answers.Values.Sum()} malformed requests in {since.Elapsed.TotalSeconds:0} s: {string.Join(", ", answers.OrderBy(each => each.Key).Select(each => $"{each.Value} {each.Key}"))}"));
    }

    private static string Shown(byte[] request) => string.Concat(Encoding.Latin1.GetString(request).Select(c => c is >= ' ' and <= '~' ? $"{c}" : $"\\x{(int)c:x2}"));

    [GeneratedRegex(@"^HTTP/1\.[01] (\d{3}) ", RegexOptions.Multiline)]
    private static partial Regex StatusLine();

    private sealed class Listener : ReceiveActor
    {
        public Listener(ConcurrentQueue<string> errors) => Receive<Error>(error => errors.Enqueue(error.ToString()));
    }
}
