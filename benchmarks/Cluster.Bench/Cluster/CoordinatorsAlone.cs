using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Bench.Cluster;

/// <summary>Coordinators with their listeners, and instead of nodes one actor that plays all of them by answering at once: what is measured is theirs alone.</summary>
internal sealed class CoordinatorsAlone : IGoalRaces
{
    private readonly ActorSystem _system = ActorSystem.Create("coordinators", QuietActors.Config);
    private readonly ListenerTools _listeners;

    public CoordinatorsAlone()
    {
        // Akka.NET's timer begins on the pool with whatever is timed first. Of a thousand actors that began at once all threads would wait for it, and it for a thread.
        var timed = new TaskCompletionSource();
        _system.ActorOf(Props.Create(() => new FirstTimed(timed)));
        timed.Task.Wait();
        var board = new NodeBoard();
        var catalogue = TimedCatalogue.Of(TimeSpan.Zero);
        IActorRef goals = null!;
        var tools = new CoordinatorTools(
            board,
            (goal, after) => new RacePlan(goal, after + 1, [.. goal.Backends.Select(backend => new PlannedRun(backend))]),
            () => goals,
            TimeProvider.System);
        goals = _system.ActorOf(GoalsActor.Props(tools), "goals");
        var offers = catalogue.Names.Select(name => new BackendOffer(name, GoalLanguage.Dimacs, null)).ToArray();
        var agent = _system.ActorOf(Props.Create(() => new EchoAgent()));
        board.Put(new NodeEvents.Offered(EchoAgent.Node, offers, int.MaxValue, int.MaxValue, 0, IsDraining: false), agent);
        _listeners = new ListenerTools(goals, "", TimeProvider.System);
    }

    public IReadOnlyList<string> Notices => [];

    public Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<NodeView>>([]);

    public async Task<GoalAnswer> RaceAsync(Goal goal, GoalDocument document, IProgress<IGoalEvent>? progress, CancellationToken withdraw)
    {
        var answer = new TaskCompletionSource<GoalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _system.ActorOf(GoalListenerActor.Props(_listeners, goal, progress, answer));
        return await answer.Task;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    /// <summary>The shortest story that a node can tell of a winner and of a loser.</summary>
    private sealed class EchoAgent : ReceiveActor
    {
        public const string Node = "echo";

        private static readonly TimeSpan s_at = TimeSpan.FromMilliseconds(1);
        private static readonly RunTimes s_times = new(s_at, s_at, null, null, s_at, s_at);

        public EchoAgent()
        {
            Receive<RunCommands.Start>(OnStart);
            Receive<RunCommands.Preempt>(preempt => End(preempt.Run, RunSaying.Nothing, new RunEnd.Signalled(9), preempt.Stop));
            Receive<RunCommands.Finish>(finish => End(finish.Run, new RunSaying(Verdict.Proved, SzsStatus.Unsatisfiable), new RunEnd.Exited(0), null));
            Receive<RunCommands.Heard>(_ => { });
        }

        private void OnStart(RunCommands.Start start)
        {
            Sender.Tell(new RunEvents.Started(start.Run, Node, s_at));
            // The others are to be placed before the race is decided, as they are where provers take their time.
            if (start.Run.Backend == TimedCatalogue.AtOnce) Sender.Tell(new RunEvents.Concluded(start.Run, Verdict.Proved, SzsStatus.Unsatisfiable, s_at));
        }

        private void End(RunId run, RunSaying said, RunEnd end, RunStop? stop) =>
            Sender.Tell(new RunEvents.Ended(run, Node, null, new RunReport(end, stop, said, s_times, RunUsage.None)));
    }

    private sealed class FirstTimed : ReceiveActor, IWithTimers
    {
        public FirstTimed(TaskCompletionSource timed) => Receive<string>(_ => timed.SetResult());

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartSingleTimer("", "", TimeSpan.Zero);
    }
}
