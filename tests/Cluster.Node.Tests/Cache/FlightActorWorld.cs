using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Store;
using ProverCluster.Node.Tests.Records;
using static ProverCluster.Node.Tests.Cache.FlightStory;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>Flights with a cache, a store, and a stand-in for the coordinators. Time is virtual.</summary>
public abstract class FlightActorWorld : TestKit
{
    private readonly ManualClock _clock = new();
    private protected readonly FakeCache _cache = new();
    private protected readonly ScriptedStore _store = new();
    private protected readonly TestProbe _goals;
    private readonly TestProbe _coordinator;
    private protected readonly IActorRef _flights;

    /// <summary>The race that was begun last.</summary>
    private protected IActorRef _race = ActorRefs.Nobody;

    protected FlightActorWorld()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        (_goals, _coordinator) = (CreateTestProbe(), CreateTestProbe());
        _flights = Flights(_cache);
    }

    private protected IActorRef Flights(IVerdictCache cache)
    {
        IActorRef? flights = null;
        return flights = Sys.ActorOf(FlightsActor.Props(Tools(() => flights!, cache)));
    }

    /// <summary>One flight alone; what it hands over goes to <paramref name="flights"/>.</summary>
    private protected IActorRef Flight(IActorRef flights) => Sys.ActorOf(FlightActor.Props(Tools(() => flights, _cache), Name));

    private FlightTools Tools(Func<IActorRef> flights, IVerdictCache cache) =>
        new(flights, props => _race = Sys.ActorOf(props), _goals, cache, _clock) { Store = _store, StorePause = TimeSpan.FromMilliseconds(5), KeepFor = TimeSpan.FromDays(30) };

    private protected TestProbe Board(Goal goal, double? left = null, TestProbe? by = null, IActorRef? to = null, FlightName? name = null, bool isMoving = false)
    {
        by ??= CreateTestProbe();
        var board = FlightStory.Board(goal, left);
        (to ?? _flights).Tell(new FlightCommands.Board((name ?? Name).ToString(), goal, board.Source, board.Left, isMoving), by);
        return by;
    }

    private protected void Leave(string goal, IActorRef by, IActorRef? to = null) => (to ?? _flights).Tell(new FlightCommands.Leave(Name.ToString(), GoalId.Parse(goal), "given up"), by);

    private protected GoalCommands.Submit Submitted(Func<string, IGoalEvent> told)
    {
        var submit = _goals.ExpectMsg<GoalCommands.Submit>();
        Tell(_goals.LastSender, told(submit.What.Id.Value));
        return submit;
    }

    private protected void Race(string goal, params IGoalEvent[] told)
    {
        Assert.Equal(goal, _goals.ExpectMsg<GoalCommands.Submit>().What.Id.Value);
        Tell(_goals.LastSender, told);
    }

    private protected void Tell(IActorRef listener, params IGoalEvent[] told)
    {
        foreach (var each in told)
            listener.Tell(each, _coordinator);
    }

    private protected static GoalAnswer Answer(TestProbe listener) => listener.FishForMessage<GoalEvents.Settled>(_ => true).Answer;

    private protected void Pass(double seconds)
    {
        _clock.Advance(Seconds(seconds));
        ((TestScheduler)Sys.Scheduler).Advance(Seconds(seconds));
    }
}
