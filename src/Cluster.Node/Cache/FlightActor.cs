using Akka.Actor;
using Akka.Cluster.Sharding;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Cache;

/// <summary>
/// One flight. It turns messages into happenings of its <see cref="Flight"/> and effects into sends, and nothing else. Sharded by what is asked, or a child of
/// <see cref="FlightsActor"/>; it stops when everybody is answered, or hands the race over when its shard moves.
/// </summary>
internal sealed partial class FlightActor : ReceiveActor, IWithTimers, IWithUnboundedStash, IDescribed
{
    private readonly FlightTools _tools;
    private readonly FlightName _name;
    private readonly NodeLog _log = NodeLog.Of(Context);
    private readonly Dictionary<GoalId, Listeners> _waiting = [];
    private readonly long _began;
    private Flight _flight;
    private FlightEffect.Race? _pending;
    private IActorRef _race = ActorRefs.Nobody;
    private int _raceNumber;

    /// <summary>The goal of that race while it goes on.</summary>
    private GoalId? _unsettled;

    public FlightActor(FlightTools tools, FlightName name)
    {
        (_tools, _name, _began, _arrivals) = (tools, name, tools.Clock.GetTimestamp(), new Arrivals(tools.Clock));
        _flight = Flight.Begin(name, tools.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        Receive<FlightCommands.Board>(OnBoard);
        Receive<ActorIdentity>(_ => OnThere());
        Receive<FlightCommands.Leave>(OnLeave);
        Receive<FlightCommands.Resume>(OnResume);
        Receive<FlightLookedUp>(looked => Happen(new FlightHappening.LookedUp(looked.Hit)));
        Receive<FlightContradicted>(_ => Happen(new FlightHappening.Contradicted()));
        Receive<FlightKept>(_ => Happen(new FlightHappening.Kept()));
        Receive<RaceTold>(_ => Sender.Equals(_race), OnRaceTold);
        Receive<RaceOver>(_ => Sender.Equals(_race), OnRaceOver);
        Receive<Terminated>(OnTerminated);
        Receive<DeadlineDue>(due => Happen(new FlightHappening.DeadlinePassed(due.Goal)));
        Receive<NotBack>(OnNotBack);
        Receive<NobodyBoards>(_ => OnNobodyBoards());
        Receive<NoRaceCame>(_ => OnNoRaceCame());
        Receive<RaceAgain>(_ => StartPending());
        Receive<LeaveFlight>(_ => OnMove());
        Receive<Describe>(_ => Sender.Tell(new ActorWords(_race.IsNobody() ? "waiting" : "racing", Now, _flight.Race?.Goal.Id)));
        // Of a race that is no more.
        Receive<INoSerializationVerificationNeeded>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    private TimeSpan Now => _tools.Clock.GetElapsedTime(_began);

    public static Props Props(FlightTools tools, FlightName name) => Akka.Actor.Props.Create(() => new FlightActor(tools, name));

    /// <summary>A race that goes on without its flight would tell the next life of it.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        _race.Tell(PoisonPill.Instance);
        base.PreRestart(reason, message);
    }

    private void Join(FlightCommands.Board board)
    {
        var (goal, left) = (board.What.Id, board.Left - _arrivals.Age(board));
        if (!_waiting.TryGetValue(goal, out var waiting))
            _waiting[goal] = waiting = new Listeners();
        var isAgain = waiting.Contains(Sender);
        if (waiting.Add(Sender))
            Context.Watch(Sender);
        Timers.Cancel(new NotBack(goal));
        Timers.Cancel(NobodyBoards.Instance);
        if (left > TimeSpan.Zero && !Timers.IsTimerActive(new DeadlineDue(goal)))
            Timers.StartSingleTimer(new DeadlineDue(goal), new DeadlineDue(goal), left);
        Happen(new FlightHappening.Boarded(board.What, board.Source, left, isAgain));
        if (left <= TimeSpan.Zero)
            Happen(new FlightHappening.DeadlinePassed(goal));
    }

    private void OnRaceTold(RaceTold told)
    {
        if (told.Event is GoalEvents.Settled)
            _unsettled = null;
        Happen(new FlightHappening.Told(told.Race, told.Event));
    }

    private void OnRaceOver(RaceOver over)
    {
        _unsettled = null;
        Happen(new FlightHappening.RaceFailed(over.Race, over.Why));
    }

    private void OnTerminated(Terminated gone)
    {
        if (gone.ActorRef.Equals(_race))
        {
            // No end of a goal: its node may be about to end, and then this actor is, too. Else those who wait board again.
            Context.Stop(Self);
            return;
        }

        foreach (var (goal, waiting) in _waiting.ToArray())
        {
            if (!waiting.Lose(gone) || waiting.IsAnyThere)
                continue;
            // Whoever lives asks again, here or from elsewhere.
            Timers.StartSingleTimer(new NotBack(goal), new NotBack(goal), waiting.IsEmpty ? _tools.GonePatience : _tools.ReturnPatience);
        }
    }

    private void OnNotBack(NotBack away)
    {
        if (_waiting.TryGetValue(away.Goal, out var waiting) && !waiting.IsAnyThere)
            Depart(away.Goal);
    }

    /// <summary>Nobody is told so: whoever lives boards again, and has the goal raced.</summary>
    private void Depart(GoalId goal)
    {
        Forget(goal);
        Happen(new FlightHappening.Departed(goal, NobodyWaits, IsGone: true));
    }

    private void Happen(FlightHappening happening)
    {
        var step = _flight.On(happening, Now);
        _flight = step.Flight;
        EndOldRace();
        foreach (var effect in step.Effects)
            Do(effect);
    }

    private void Do(FlightEffect effect)
    {
        switch (effect)
        {
            case FlightEffect.LookUp look:
                LookUp(look.Goal);
                break;
            case FlightEffect.Race race:
                Begin(race);
                break;
            case FlightEffect.MoveText moved:
                MoveText(moved.Source);
                break;
            case FlightEffect.Withdraw withdraw:
                StartPending();
                _race.Tell(new GoalCommands.Withdraw(_flight.Race!.Goal.Id, withdraw.Reason));
                break;
            case FlightEffect.Tell tell:
                Tell(tell.Event.Id, tell.Event);
                if (tell.Event is GoalEvents.Settled)
                    Forget(tell.Event.Id);
                break;
            case FlightEffect.Fail fail:
                Tell(fail.Goal, new FlightEvents.Failed(fail.Goal, fail.Why));
                Forget(fail.Goal);
                break;
            case FlightEffect.Keep keep:
                Keep(keep);
                break;
            case FlightEffect.Evict evict:
                Evict(evict);
                break;
            case FlightEffect.Finish:
                Context.Parent.Tell(new Passivate(LeaveFlight.Instance));
                break;
        }
    }

    private void Tell(GoalId goal, object told) => _waiting.GetValueOrDefault(goal)?.Tell(told);

    /// <summary>Who is answered is not waited for.</summary>
    private void Forget(GoalId goal)
    {
        if (_waiting.Remove(goal, out var listeners))
        {
            foreach (var listener in listeners)
                Context.Unwatch(listener);
        }

        Timers.Cancel(new DeadlineDue(goal));
        Timers.Cancel(new NotBack(goal));
    }
}
