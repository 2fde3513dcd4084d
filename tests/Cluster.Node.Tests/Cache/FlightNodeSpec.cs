using System.Text;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Tests.Races;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>Flights on a real node, with a prover that counts how often it is started.</summary>
public sealed class FlightNodeSpec : IDisposable
{
    private const string Formula = "p cnf 1 1\n1 0\n";

    private readonly string _starts = Path.Combine(Path.GetTempPath(), $"starts-{Guid.NewGuid():n}");
    private readonly string _end = Path.Combine(Path.GetTempPath(), $"end-{Guid.NewGuid():n}");
    private readonly FakeCache _cache = new();

    public void Dispose()
    {
        File.Delete(_starts);
        File.Delete(_end);
    }

    [Fact]
    public async Task Many_goals_should_start_one_prover_and_later_ones_none()
    {
        await using var node = await StartAsync($"echo x >> {_starts}; sleep 0.5; echo unsat");
        var flights = Flights(node);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Ask(node, flights, number % 2 == 0 ? Formula : Formula.Replace("\n", "  \r\n")).Answer));

        Assert.All(answers, answer => Assert.Equal((Verdict.Proved, "counter"), (answer.Verdict, answer.Winner!.Backend.Value)));
        Assert.Equal(60, answers.Select(answer => answer.Id).Distinct().Count());
        Assert.Equal(1, Starts);
        Assert.Single(answers, answer => answer.Origin is null);
        await Eventually.True(() => _cache.Entries.Length == 1, "the verdict is kept");
        Assert.True((await Ask(node, flights, Formula).Answer).Origin!.IsCached);
        Assert.Equal(1, Starts);
    }

    [Theory]
    [InlineData(Formula, 1)]
    [InlineData("p cnf 1 1 \r\n1 0\n", 2)]
    public async Task A_goal_that_is_given_up_should_leave_the_others_their_race_or_one_with_a_text_that_is_there(string first, int starts)
    {
        await using var node = await StartAsync($"echo x >> {_starts}; until [ -e {_end} ]; do sleep 0.05; done; echo unsat");
        var flights = Flights(node);
        var leader = Ask(node, flights, first);
        await Eventually.True(() => Starts == 1, "the race has begun");
        var other = Ask(node, flights, Formula);
        await Eventually.True(() => other.Told > 1, "it shares the race");
        leader.Withdraw();

        Assert.Equal(Verdict.Withdrawn, (await leader.Answer).Verdict);
        File.Create(_end).Dispose();
        Assert.Equal((Verdict.Proved, starts == 1), (await other.Answer) is var answer ? (answer.Verdict, answer.Origin is not null) : default);
        Assert.Equal(starts, Starts);
    }

    private int Starts => File.Exists(_starts) ? File.ReadAllLines(_starts).Length : 0;

    private static async Task<ProverNode> StartAsync(string script)
    {
        var files = SettingsFiles.LoadShipped()
            .With("spec.conf", "prover-cluster { sandbox.mode = off, slots = 4 }")
            .With("entries.conf", Entry.Runs("counter", script).Hocon + "prover-cluster { }");
        return await ProverNode.StartAsync(NodeSettings.Read(files), BackendCatalogue.Read(files), null, CancellationToken.None);
    }

    private IActorRef Flights(ProverNode node)
    {
        IActorRef? flights = null;
        var goals = node.Services.GetRequiredService<IReadOnlyActorRegistry>().Get<GoalCoordinatorActor>();
        return flights = node.System.ActorOf(FlightsActor.Props(new FlightTools(() => flights!, props => node.System.ActorOf(props), goals, _cache, TimeProvider.System)));
    }

    private static Asked Ask(ProverNode node, IActorRef flights, string text)
    {
        Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, Encoding.ASCII.GetBytes(text), out var document, out _));
        var goal = new Goal(
            GoalId.New(), "goal", GoalLanguage.Dimacs, TextDigest.Of(document.Text.Span), new GoalLimits(TimeSpan.FromMinutes(1), null, null, 1 << 30, 1 << 20),
            Strategy.Speculative, [BackendName.Parse("counter")], KeepOutput: false, new Dictionary<string, string>());
        return new Asked(node, flights, goal, document);
    }

    private sealed class Asked : IProgress<IGoalEvent>
    {
        private readonly TaskCompletionSource<GoalAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly GoalId _goal;
        private readonly IActorRef _listener;
        private int _told;

        public Asked(ProverNode node, IActorRef flights, Goal goal, GoalDocument document)
        {
            _goal = goal.Id;
            var hold = node.Services.GetRequiredService<TextStore>().Hold(goal.Text, document);
            Answer = AnswerAsync(hold);
            var name = FlightName.Of(VerdictKey.Of(goal, document), goal);
            _listener = node.System.ActorOf(FlightListenerActor.Props(new ListenerTools(flights, "", TimeProvider.System), name, goal, this, _answer));
        }

        public Task<GoalAnswer> Answer { get; }

        public int Told => Volatile.Read(ref _told);

        public void Withdraw() => _listener.Tell(new GoalCommands.Withdraw(_goal, "given up"));

        public void Report(IGoalEvent value) => Interlocked.Increment(ref _told);

        private async Task<GoalAnswer> AnswerAsync(IDisposable hold)
        {
            using (hold)
                return await _answer.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }
}
