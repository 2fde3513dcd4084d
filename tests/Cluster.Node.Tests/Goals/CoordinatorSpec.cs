using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>A coordinator between a listener, which the spec is, and a node's agent, which it plays. Time is virtual.</summary>
public abstract class CoordinatorSpec : TestKit
{
    private protected static readonly GoalId Goal = GoalId.Parse("goal");

    private protected readonly ManualClock _clock = new();
    private protected readonly NodeBoard _board = new();
    private protected readonly TestProbe _agent;
    private protected readonly TestProbe _goals;

    protected CoordinatorSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        _agent = CreateTestProbe();
        _goals = CreateTestProbe();
        Offer("here", free: 2, _agent);
    }

    private protected CoordinatorTools Tools(params string[] backends) => new(
        _board,
        (goal, _) => new RacePlan(goal, 7, [.. backends.DefaultIfEmpty("z3").Select(name => new PlannedRun(BackendName.Parse(name)))]),
        () => _goals,
        _clock);

    private protected void Offer(string node, int free, IActorRef agent) =>
        _board.Put(new NodeEvents.Offered(node, [.. new[] { "z3", "cvc5", "cvc4" }.Select(name => new BackendOffer(BackendName.Parse(name), GoalLanguage.SmtLib2, null))], 2, free, 0, IsDraining: false), agent);

    private protected IActorRef Submit(IActorRef? goals = null, IActorRef? sender = null, TimeSpan? left = null, long after = 0, bool isMoving = false)
    {
        goals ??= Sys.ActorOf(GoalsActor.Props(Tools()));
        goals.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", left ?? RaceScript.Timeout, after, isMoving), sender ?? TestActor);
        return goals;
    }

    /// <summary>A coordinator to which the race of another was handed over, whose one run was asked of the node; whoever waited has not asked yet.</summary>
    private protected IActorRef HandedOver(CoordinatorTools tools, out RunId run) => HandedOver(Sys.ActorOf(GoalCoordinatorActor.Props(tools)), RaceScript.Timeout, out run);

    private protected IActorRef HandedOver(IActorRef next, TimeSpan timeout, out RunId run)
    {
        var (moved, goal) = (Sys.ActorOf(GoalCoordinatorActor.Props(Tools())), RaceScript.Goal(Strategy.Speculative));
        moved.Tell(new GoalCommands.Submit(goal with { Limits = goal.Limits with { Timeout = timeout } }, "", timeout, 0));
        ExpectMsg<GoalEvents.Accepted>();
        run = _agent.ExpectMsg<RunCommands.Start>().Run;
        moved.Tell(HandOver.Instance);
        ExpectMsg<GoalEvents.Moving>();
        next.Tell(_goals.ExpectMsg<GoalCommands.Resume>());
        return next;
    }

    private protected void Pass(TimeSpan time)
    {
        _clock.Advance(time);
        ((TestScheduler)Sys.Scheduler).Advance(time);
    }
}
