using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
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

    private protected IActorRef Submit(IActorRef? goals = null, IActorRef? sender = null, TimeSpan? left = null, long after = 0)
    {
        goals ??= Sys.ActorOf(GoalsActor.Props(Tools()));
        goals.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", left ?? RaceScript.Timeout, after), sender ?? TestActor);
        return goals;
    }

    private protected void Pass(TimeSpan time)
    {
        _clock.Advance(time);
        ((TestScheduler)Sys.Scheduler).Advance(time);
    }
}
