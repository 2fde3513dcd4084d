using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Inspection;

namespace ProverCluster.Node.Cache;

/// <summary>
/// The race of a flight, as the flight sees it: a listener at the coordinator. It outlives a flight that moves, for a while: the race is to have a listener until the flight's
/// next life has one, which is to hear what is settled meanwhile.
/// </summary>
internal sealed class FlightRaceActor : ReceiveActor, IWithTimers, IDescribed
{
    /// <summary>How long it stays behind a flight that has moved.</summary>
    internal static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    private readonly FlightTools _tools;
    private readonly IActorRef _flight;
    private readonly int _number;
    private readonly Goal _goal;
    private readonly bool _isHandedOver;
    private readonly long _acceptedAt;
    private readonly Dictionary<int, IActorRef> _listeners = [];
    private int _newest;

    public FlightRaceActor(FlightTools tools, IActorRef flight, FlightRace race, TimeSpan since)
    {
        (_tools, _flight, _number, _goal, _isHandedOver) = (tools, flight, race.Number, race.Goal, race.IsHandedOver);
        _acceptedAt = tools.Clock.GetTimestamp() - (long)(since.TotalSeconds * tools.Clock.TimestampFrequency);
        Listen(race.Source);
        Receive<Heard>(OnHeard);
        Receive<ListenerOver>(over => over.Listener == _newest, over => _flight.Tell(new RaceOver(_number, over.Why)));
        Receive<ListenerOver>(_ => { });
        Receive<RaceTextMoved>(moved => Listen(moved.Source));
        Receive<GoalCommands.Withdraw>(withdraw => _listeners[_newest].Tell(withdraw));
        Receive<Terminated>(_ => OnFlightMoved());
        Receive<LingerOver>(_ => Context.Stop(Self));
        Receive<Describe>(_ => Sender.Tell(new ActorWords("racing", tools.Clock.GetElapsedTime(_acceptedAt), _goal.Id)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="tools">Of this node.</param>
    /// <param name="flight">Is told of it.</param>
    /// <param name="race">Which of the flight's races.</param>
    /// <param name="since">How long ago its goal was accepted.</param>
    public static Props Props(FlightTools tools, IActorRef flight, FlightRace race, TimeSpan since) =>
        Akka.Actor.Props.Create(() => new FlightRaceActor(tools, flight, race, since));

    protected override void PreStart() => Context.Watch(_flight);

    /// <summary>Whoever submits a goal says where its text is: another listener is the way to say that it is elsewhere now.</summary>
    private void Listen(string source)
    {
        var (self, number) = (Self, ++_newest);
        var answer = new TaskCompletionSource<GoalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        answer.Task.PipeTo(self, success: _ => new Heard(number, null), failure: e => new ListenerOver(number, e.Message));
        var tools = new ListenerTools(_tools.Goals, source, _tools.Clock);
        _listeners[number] = Context.ActorOf(GoalListenerActor.Props(tools, _goal, new Progress(self, number), answer, _tools.Clock.GetElapsedTime(_acceptedAt), _isHandedOver));
    }

    private void OnFlightMoved()
    {
        foreach (var listener in _listeners.Values)
            listener.Tell(KeepWaiting.Instance);
        Timers.StartSingleTimer(LingerOver.Instance, LingerOver.Instance, Linger);
    }

    private void OnHeard(Heard heard)
    {
        if (heard.Event is null)
            return;
        _flight.Tell(new RaceTold(_number, heard.Event));
        // Only now: a race whose only listener stops is given up.
        foreach (var older in _listeners.Keys.Where(number => heard.Listener == _newest && number < _newest).ToArray())
        {
            _listeners.Remove(older, out var listener);
            Context.Stop(listener!);
        }
    }

    private sealed class Progress(IActorRef race, int listener) : IProgress<IGoalEvent>
    {
        public void Report(IGoalEvent value) => race.Tell(new Heard(listener, value), ActorRefs.NoSender);
    }

    private sealed record Heard(int Listener, IGoalEvent? Event) : INoSerializationVerificationNeeded;

    private sealed record ListenerOver(int Listener, string Why) : INoSerializationVerificationNeeded;

    private sealed class LingerOver : INoSerializationVerificationNeeded
    {
        public static readonly LingerOver Instance = new();
    }
}

/// <summary>A flight's race told something.</summary>
internal sealed record RaceTold(int Race, IGoalEvent Event) : INoSerializationVerificationNeeded;

/// <summary>A flight's race is no more, and none can be had.</summary>
internal sealed record RaceOver(int Race, string Why) : INoSerializationVerificationNeeded;

/// <summary>The text of a flight's race is elsewhere now.</summary>
internal sealed record RaceTextMoved(string Source) : INoSerializationVerificationNeeded;
