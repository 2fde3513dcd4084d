using Akka.Actor;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Membership;

namespace ProverCluster.Node.Cache;

/// <summary>
/// Has one goal answered by the flight of all that ask the same, hands on what is told of it, and does not give up: now and then, and when the flight is gone, it boards
/// again, with the same id and what is left of the same deadline. It stands where a <see cref="GoalListenerActor"/> stands that has a race of its own.
/// </summary>
internal sealed class FlightListenerActor : ReceiveActor, IWithTimers, IDescribed
{
    private readonly ListenerTools _tools;
    private readonly FlightName _name;
    private readonly Goal _goal;
    private readonly IProgress<IGoalEvent>? _progress;
    private readonly TaskCompletionSource<GoalAnswer> _answer;
    private readonly HashSet<StoryPart> _heard = [];
    private readonly long _began;
    private IActorRef? _flight;
    private string? _withdrawn;
    private string _failure = "the node stopped";
    private long _foundAt;
    private int _shortLives;
    private int _periods;
    private bool _isMoving;

    public FlightListenerActor(ListenerTools tools, FlightName name, Goal goal, IProgress<IGoalEvent>? progress, TaskCompletionSource<GoalAnswer> answer, TimeSpan since, bool isMoving)
    {
        (_tools, _name, _goal, _progress, _answer, _isMoving) = (tools, name, goal, progress, answer, isMoving);
        _began = tools.Clock.GetTimestamp() - (long)(since.TotalSeconds * tools.Clock.TimestampFrequency);
        Receive<FlightEvents.Failed>(failed => GiveUp(failed.Why));
        Receive<GoalEvents.Moving>(_ => OnMoving());
        Receive<IGoalEvent>(OnTold);
        Receive<GoalCommands.Withdraw>(OnWithdraw);
        Receive<Terminated>(gone => gone.ActorRef.Equals(_flight), OnFlightGone);
        Receive<Terminated>(_ => { });
        Receive<AskAgain>(_ => OnPeriod());
        Receive<Describe>(_ => Sender.Tell(new ActorWords(_flight is null ? "boarding" : "listening", _tools.Clock.GetElapsedTime(_began), _goal.Id)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="tools">Of this node; its goals are where messages to flights go.</param>
    /// <param name="name">What the goal asks.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="progress">Is told every event.</param>
    /// <param name="answer">Is given the answer.</param>
    /// <param name="since">How much of the goal's deadline has passed.</param>
    /// <param name="isMoving">Whether it is raced for, and its race may be on its way.</param>
    public static Props Props(
        ListenerTools tools, FlightName name, Goal goal, IProgress<IGoalEvent>? progress, TaskCompletionSource<GoalAnswer> answer, TimeSpan since = default, bool isMoving = false) =>
        Akka.Actor.Props.Create(() => new FlightListenerActor(tools, name, goal, progress, answer, since, isMoving));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(AskAgain.Instance, AskAgain.Instance, GoalListenerActor.AskPeriod);
        Board();
    }

    /// <summary>A caller is never left waiting.</summary>
    protected override void PostStop() =>
        _answer.TrySetException(new InvalidOperationException($"{_failure} before goal {_goal.Id} was settled"));

    private void Board()
    {
        var left = _goal.Limits.Timeout - _tools.Clock.GetElapsedTime(_began);
        _tools.Goals.Tell(new FlightCommands.Board(_name.ToString(), _goal, _tools.Source, left, _isMoving));
        // A withdrawal is not forgotten by whoever takes the goal up anew.
        if (_withdrawn is { } reason)
            _tools.Goals.Tell(new FlightCommands.Leave(_name.ToString(), _goal.Id, reason));
    }

    private void OnWithdraw(GoalCommands.Withdraw withdraw)
    {
        _withdrawn ??= withdraw.Reason;
        _tools.Goals.Tell(new FlightCommands.Leave(_name.ToString(), _goal.Id, _withdrawn));
    }

    private void OnMoving()
    {
        // Of a race that has told nothing yet it is the first word.
        if (_flight is null || Sender.Equals(_flight))
            _isMoving = true;
    }

    private void OnTold(IGoalEvent told)
    {
        if (!Sender.Equals(_flight))
            Find(Sender);
        if (!_heard.Add(StoryPart.Of(told)))
            return;

        _progress?.Report(told);
        if (told is not GoalEvents.Settled settled)
            return;
        _answer.TrySetResult(settled.Answer);
        // The flight hears by death watch that the answer has arrived.
        Context.Stop(Self);
    }

    private void Find(IActorRef flight)
    {
        if (_flight is not null)
            Context.Unwatch(_flight);
        (_flight, _foundAt, _isMoving) = (flight, _tools.Clock.GetTimestamp(), false);
        Context.Watch(flight);
    }

    private void OnFlightGone(Terminated gone)
    {
        _flight = null;
        // Nothing is known of how long it lived; it is looked for in the next period.
        if (gone.IsUnseen())
            return;
        _shortLives = _isMoving || _tools.Clock.GetElapsedTime(_foundAt) > GoalListenerActor.ShortLife ? 0 : _shortLives + 1;
        if (_shortLives < GoalListenerActor.MostShortLives)
            Board();
        else
            GiveUp($"its race was lost {_shortLives} times, soon after it began");
    }

    private void OnPeriod()
    {
        if (_tools.Clock.GetElapsedTime(_began) > _goal.Limits.Timeout + GoalListenerActor.AnswerPatience)
            GiveUp("nobody could be reached who races for it");
        else if (++_periods % GoalListenerActor.PeriodsBetweenAsks == 0 || _flight is null)
            Board();
    }

    private void GiveUp(string why)
    {
        _failure = why;
        Context.Stop(Self);
    }

    private sealed class AskAgain : INoSerializationVerificationNeeded
    {
        public static readonly AskAgain Instance = new();
    }
}
