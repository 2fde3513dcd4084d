using System.Diagnostics;
using System.Text;
using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Store;
using ProverCluster.Node.Texts;
using Xunit.Abstractions;

namespace ProverCluster.Wire.Texts;

/// <summary>Long texts between two actor systems over Akka.Remote.</summary>
public sealed class Texts_over_the_network(ITestOutputHelper figures) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Two_systems _systems = null!;
    private Side _here = null!;
    private Side _there = null!;

    public async Task InitializeAsync()
    {
        _systems = await Two_systems.StartAsync();
        (_here, _there) = (new Side(_systems.Here), new Side(_systems.There));
    }

    public async Task DisposeAsync() => await _systems.DisposeAsync();

    [Fact]
    public async Task A_goal_of_64_MiB_arrives_once_for_many_and_nothing_else_waits_behind_it()
    {
        var text = LongFormula();
        Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, text, out var document, out _));
        var digest = TextDigest.Of(text);
        using var there = _there.Store.Hold(digest, document);

        var watch = Stopwatch.StartNew();
        var fetches = Enumerable.Range(0, 10).Select(_ => FetchAsync(digest)).ToArray();
        var (longest, beats) = await SlowestAnswerAsync(fetches);

        Assert.All(await Task.WhenAll(fetches), fetched => Assert.Null(fetched.Fault));
        figures.WriteLine($"figures: a text of 64 MiB between two systems: {watch.ElapsedMilliseconds} ms; the slowest of {beats} answers meanwhile: {longest.TotalMilliseconds:0.0} ms");
        Assert.True(_here.Store.TryGet(digest, out var arrived));
        Assert.True(arrived.Text.Span.SequenceEqual(text));
        // So long a node may be silent before it is out of reach (hocon/akka.conf).
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await Eventually.True(() => _here.Store.Count == 0, "the text is given back when nobody holds it");
    }

    [Fact]
    public async Task Many_goals_at_once_arrive_and_nothing_else_waits_behind_them()
    {
        var holds = new List<IDisposable>();
        var digests = new List<TextDigest>();
        for (var i = 1; i <= 100; i++)
        {
            var text = Encoding.ASCII.GetBytes($"p cnf {i} 1\n{i} 0\n".PadRight(1 << 20));
            Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, text, out var document, out _));
            digests.Add(TextDigest.Of(text));
            holds.Add(_there.Store.Hold(digests[^1], document));
        }

        var watch = Stopwatch.StartNew();
        var fetches = digests.Select(FetchAsync).ToArray();
        var (longest, beats) = await SlowestAnswerAsync(fetches);

        Assert.All(await Task.WhenAll(fetches), fetched => Assert.Null(fetched.Fault));
        figures.WriteLine($"figures: 100 texts of 1 MiB between two systems: {watch.ElapsedMilliseconds} ms; the slowest of {beats} answers meanwhile: {longest.TotalMilliseconds:0.0} ms");
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        holds.ForEach(hold => hold.Dispose());
    }

    [Fact]
    public async Task An_output_arrives_in_the_answer_and_is_given_back_where_it_was()
    {
        var text = string.Concat(Enumerable.Range(0, 300_000).Select(i => $"(step {i} größer)\n"));
        var kept = _there.Shelf.Put(Examples.Run, new ProverOutput.Inline(text), TimeSpan.FromSeconds(10), _there.Address);

        var answer = await new AnswerOutput(_here.Texts, _systems.Here.WhenTerminated).BringAsync(Examples.Answer with { Output = kept }, default);

        Assert.Equal(text, answer.Output?.Words);
        Assert.Equal(Examples.Answer with { Output = answer.Output }, answer);
        await Eventually.True(() => _there.Shelf.Bytes == 0, "the output is given back");
    }

    [Fact]
    public async Task An_output_of_64_MiB_arrives()
    {
        var text = new string('x', 64 << 20);
        var kept = _there.Shelf.Put(Examples.Run, new ProverOutput.Inline(text), TimeSpan.FromSeconds(10), _there.Address);
        var watch = Stopwatch.StartNew();

        var answer = await new AnswerOutput(_here.Texts, _systems.Here.WhenTerminated).BringAsync(Examples.Answer with { Output = kept }, default);

        figures.WriteLine($"figures: an output of 64 MiB between two systems: {watch.ElapsedMilliseconds} ms");
        Assert.Equal(text.Length, answer.Output?.Words?.Length);
    }

    [Fact]
    public async Task An_output_of_this_very_node_needs_no_network()
    {
        var text = new string('x', 100_000);
        var kept = _here.Shelf.Put(Examples.Run, new ProverOutput.Inline(text), TimeSpan.FromSeconds(10), "akka.tcp://prover-cluster@127.0.0.1:1");

        var answer = await new AnswerOutput(_here.Texts, _systems.Here.WhenTerminated).BringAsync(Examples.Answer with { Output = kept }, default);

        Assert.Equal(text, answer.Output?.Words);
    }

    [Fact]
    public async Task An_output_that_is_gone_is_missing_and_the_verdict_stands()
    {
        var gone = new ProverOutput.Kept(TextDigest.Of("gone"u8), _there.Address);

        var answer = await new AnswerOutput(_here.Texts, _systems.Here.WhenTerminated).BringAsync(Examples.Answer with { Output = gone }, default);

        Assert.Equal(Examples.Answer with { Output = new ProverOutput.Missing("the node that had it has it no longer") }, answer);
    }

    [Fact]
    public async Task An_output_of_a_dead_node_is_not_waited_for_by_who_has_given_up()
    {
        var gone = new ProverOutput.Kept(TextDigest.Of("gone"u8), "akka.tcp://prover-cluster@127.0.0.1:1");
        using var withdraw = new CancellationTokenSource();

        var asked = new AnswerOutput(_here.Texts, _systems.Here.WhenTerminated).BringAsync(Examples.Answer with { Output = gone }, withdraw.Token);
        withdraw.Cancel();

        Assert.Equal(new ProverOutput.Missing("it was not waited for"), (await asked).Output);
    }

    [Fact]
    public async Task An_answer_without_a_long_output_is_as_it_was()
    {
        GoalAnswer[] answers = [Examples.Answer, Examples.Answer with { Output = null }, Examples.Answer with { Output = new ProverOutput.Missing("lost") }];

        foreach (var answer in answers)
            Assert.Same(answer, await new AnswerOutput(ActorRefs.Nobody, Task.CompletedTask).BringAsync(answer, default));
    }

    private Task<TextFetched> FetchAsync(TextDigest digest) =>
        _here.Texts.Ask<TextFetched>(new FetchText(Examples.Goal, digest, GoalLanguage.Dimacs, _there.Address), Patience);

    /// <summary>What a small message and its answer take on the same link, until all texts are here.</summary>
    private async Task<(TimeSpan Longest, int Beats)> SlowestAnswerAsync(Task[] fetches)
    {
        var echo = Two_systems.Seen(_systems.Here, _systems.There.ActorOf(Props.Create(() => new Echo()), "echo"), _systems.There);
        await echo.Ask(Examples.All[0], Patience);

        var (longest, beats) = (TimeSpan.Zero, 0);
        for (; !Array.TrueForAll(fetches, fetch => fetch.IsCompleted); beats++)
        {
            var watch = Stopwatch.StartNew();
            await echo.Ask(new RunCommands.Heard(Examples.Run), Patience);
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
        }

        return (longest, beats);
    }

    private static byte[] LongFormula()
    {
        const int clauses = 16 * 1024 * 1024 - 8;
        var header = Encoding.ASCII.GetBytes($"p cnf 1 {clauses}\n");
        var text = new byte[header.Length + 4 * clauses];
        header.CopyTo(text, 0);
        for (var at = header.Length; at < text.Length; at += 4)
            "1 0\n"u8.CopyTo(text.AsSpan(at));
        return text;
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    /// <summary>What a node has of texts.</summary>
    private sealed class Side
    {
        public Side(ActorSystem system)
        {
            Address = Two_systems.AddressOf(system).ToString();
            Texts = system.ActorOf(TextsActor.Props(Store, Shelf, source => NodeNames.Find(system, Akka.Actor.Address.Parse(source), TextsActor.Name), () => [], new TextRecall(new NoStore())), TextsActor.Name);
        }

        public TextStore Store { get; } = new();

        public OutputShelf Shelf { get; } = new(TimeProvider.System);

        public IActorRef Texts { get; }

        public string Address { get; }
    }
}
