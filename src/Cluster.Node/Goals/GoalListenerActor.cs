using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Membership;

namespace ProverCluster.Node.Goals;

/// <summary>
/// Submits one goal for somebody outside the actor system, hands on what is told of it, and does not give up: now and then, and when its coordinator is
/// gone, it asks for the goal again, with the same id and what is left of the same deadline.
/// </summary>
internal sealed class GoalListenerActor : ReceiveActor, IWithTimers, IDescribed
{
    /// <summary>How often it asks again while nobody has accepted the goal.</summary>
    internal static readonly TimeSpan AskPeriod = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many of those periods pass before it asks a coordinator that it knows, whatever that tells: it may take the listener for gone, and tell it all the same for a while.
    /// </summary>
    internal const int PeriodsBetweenAsks = 5;

    /// <summary>How long after the goal's deadline its answer may come, before the caller is told that there is none.</summary>
    internal static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(2);

    /// <summary>Coordinators that die of the goal itself, soon after they took it up, are not tried for ever.</summary>
    internal const int MostShortLives = 10;

    /// <summary>A coordinator that had the goal for longer died of something else.</summary>
    internal static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(10);

    private readonly ListenerTools _tools;
    private readonly Goal _goal;
    private readonly IProgress<IGoalEvent>? _progress;
    private readonly TaskCompletionSource<GoalAnswer> _answer;
    private readonly HashSet<StoryPart> _heard = [];
    private readonly long _began;
    private IActorRef? _coordinator;
    private bool _isWatched;
    private string? _withdrawn;
    private string _failure = "the node stopped";
    private long _incarnation;
    private long _acceptedAt;
    private int _shortLives;
    private int _periods;
    private bool _isMoving;
    private bool _isKept;
    private bool _isSettled;

    public GoalListenerActor(ListenerTools tools, Goal goal, IProgress<IGoalEvent>? progress, TaskCompletionSource<GoalAnswer> answer, TimeSpan since, bool isMoving)
    {
        (_tools, _goal, _progress, _answer, _isMoving) = (tools, goal, progress, answer, isMoving);
        _began = tools.Clock.GetTimestamp() - (long)(since.TotalSeconds * tools.Clock.TimestampFrequency);
        Receive<GoalEvents.Accepted>(OnAccepted);
        Receive<GoalEvents.Moving>(_ => OnMoving());
        Receive<IGoalEvent>(told => Sender.Equals(_coordinator), OnTold);
        Receive<IGoalEvent>(_ => { });
        // Through here, so that it cannot overtake the submission.
        Receive<GoalCommands.Withdraw>(withdraw => _tools.Goals.Tell(withdraw with { Reason = _withdrawn ??= withdraw.Reason }));
        Receive<Terminated>(gone => gone.ActorRef.Equals(_coordinator), OnCoordinatorGone);
        Receive<Terminated>(_ => { });
        Receive<AskAgain>(_ => OnPeriod());
        Receive<KeepWaiting>(_ => _isKept = true);
        Receive<Describe>(_ => Sender.Tell(new ActorWords(_coordinator is null ? "asking" : "listening", _tools.Clock.GetElapsedTime(_began), _goal.Id)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="tools">Of this node.</param>
    /// <param name="goal">What is to be raced for.</param>
    /// <param name="progress">Is told every event.</param>
    /// <param name="answer">Is given the answer.</param>
    /// <param name="since">How much of the goal's deadline has passed.</param>
    /// <param name="isMoving">Whether it is raced for, and its race may be on its way.</param>
    public static Props Props(
        ListenerTools tools, Goal goal, IProgress<IGoalEvent>? progress, TaskCompletionSource<GoalAnswer> answer, TimeSpan since = default, bool isMoving = false) =>
        Akka.Actor.Props.Create(() => new GoalListenerActor(tools, goal, progress, answer, since, isMoving));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(AskAgain.Instance, AskAgain.Instance, AskPeriod);
        Submit();
    }

    /// <summary>A caller is never left waiting.</summary>
    protected override void PostStop() =>
        _answer.TrySetException(new InvalidOperationException($"{_failure} before goal {_goal.Id} was settled"));

    private void Submit()
    {
        // It is only there, and asks for nothing.
        if (_isSettled)
            return;
        var left = _goal.Limits.Timeout - _tools.Clock.GetElapsedTime(_began);
        _tools.Goals.Tell(new GoalCommands.Submit(_goal, _tools.Source, left, _incarnation, _isMoving));
        // A withdrawal is not forgotten by whoever takes the goal up anew.
        if (_withdrawn is { } reason)
            _tools.Goals.Tell(new GoalCommands.Withdraw(_goal.Id, reason));
    }

    private void OnAccepted(GoalEvents.Accepted accepted)
    {
        // A coordinator that was cut off and knows nothing of its successor is heard no more.
        if ((_isWatched && Sender.Equals(_coordinator)) || accepted.Incarnation < _incarnation)
            return;

        var isFirst = _incarnation == 0;
        (_coordinator, _isWatched, _incarnation, _isMoving) = (Sender, true, accepted.Incarnation, false);
        _acceptedAt = _tools.Clock.GetTimestamp();
        Context.Watch(_coordinator);
        if (isFirst)
            _progress?.Report(accepted);
    }

    private void OnMoving()
    {
        if (Sender.Equals(_coordinator))
            _isMoving = true;
    }

    private void OnTold(IGoalEvent told)
    {
        if (_isKept && told is GoalEvents.Settled)
        {
            // The coordinator says it again, to whoever is there.
            _isSettled = true;
            return;
        }

        if (!_heard.Add(StoryPart.Of(told)))
            return;

        _progress?.Report(told);
        if (told is not GoalEvents.Settled settled)
            return;
        _answer.TrySetResult(settled.Answer);
        // The coordinator hears by death watch that the answer has arrived.
        Context.Stop(Self);
    }

    private void OnCoordinatorGone(Terminated gone)
    {
        _isWatched = false;
        // It may live and be heard. If not, nothing is known of how long it lived. It is asked in the next period.
        if (gone.IsUnseen())
            return;
        _coordinator = null;
        _shortLives = _isMoving || _tools.Clock.GetElapsedTime(_acceptedAt) > ShortLife ? 0 : _shortLives + 1;
        if (_shortLives < MostShortLives)
            Submit();
        else
            GiveUp($"its coordinator was lost {_shortLives} times, soon after it took the goal up");
    }

    private void OnPeriod()
    {
        if (_tools.Clock.GetElapsedTime(_began) > _goal.Limits.Timeout + AnswerPatience)
            GiveUp("no coordinator could be reached");
        else if (++_periods % PeriodsBetweenAsks == 0 || !_isWatched)
            Submit();
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

/// <summary>To a listener: wait on, whatever is settled. The coordinator keeps the answer for as long as somebody waits, and somebody else is to have it.</summary>
internal sealed class KeepWaiting : INoSerializationVerificationNeeded
{
    public static readonly KeepWaiting Instance = new();
}

/// <summary>What all listeners of a node share.</summary>
/// <param name="Goals">Where messages to coordinators go.</param>
/// <param name="Source">The address under which other nodes find this one's texts.</param>
/// <param name="Clock">The node's monotonic clock.</param>
internal sealed record ListenerTools(IActorRef Goals, string Source, TimeProvider Clock);
