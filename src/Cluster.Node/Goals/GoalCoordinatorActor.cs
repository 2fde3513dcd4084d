using Akka.Actor;
using Akka.Event;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Goals;

/// <summary>
/// One goal's coordinator. It turns messages into happenings of its <see cref="GoalRace"/> and its <see cref="Placement"/> and effects into sends, and
/// nothing else. Sharded by goal, or a child of <see cref="GoalsActor"/>; it stops when the goal is settled and everyone who waited has heard so, or hands
/// the race over when its shard moves.
/// </summary>
internal sealed partial class GoalCoordinatorActor : ReceiveActor, IWithTimers, IWithUnboundedStash, IDescribed
{
    private readonly CoordinatorTools _tools;
    private readonly NodeLog _log = NodeLog.Of(Context);
    private readonly Listeners _listeners = new();

    /// <summary>What has happened to a race that was handed over, before anybody has asked for it here.</summary>
    private readonly List<IGoalEvent> _unheard = [];

    private GoalRace? _race;
    private Placement? _placement;
    private string _source = "";
    private long _acceptedAt;
    private bool _isPlacing;
    private bool _isAbandoned;
    private bool _wasSettled;

    public GoalCoordinatorActor(CoordinatorTools tools)
    {
        (_tools, _arrivals) = (tools, new Arrivals(tools.Clock));
        AwaitGoal();
        Receive<NoGoalCame>(_ => OnNoGoalCame());
        Receive<NobodyIsThere>(_ => BecomeStray());
        Receive<Describe>(_ => Sender.Tell(new ActorWords("waiting", null)));
        Receive<IGoalMessage>(_ => KeepForGoal());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    private TimeSpan Now => _tools.Clock.GetElapsedTime(_acceptedAt);

    public static Props Props(CoordinatorTools tools) => Akka.Actor.Props.Create(() => new GoalCoordinatorActor(tools));

    protected override void PostStop() => _tools.Board.Unsubscribe(Self);

    private void Open()
    {
        Receive<GoalCommands.Submit>(OnSubmit);
        Receive<ActorIdentity>(_ => OnThere(OnSubmit));
        Receive<GoalCommands.Withdraw>(OnWithdraw);
        Receive<GoalCommands.Resume>(OnOtherRace);
        Receive<IRunEvent>(OnRunEvent);
        Receive<ISlotEvent>(OnSlotEvent);
        Receive<NodeNews.Came>(OnNodeCame);
        Receive<NodeNews.Left>(OnNodeLeft);
        // Whoever is gone is given some upkeeps to ask again. In braces: a handler that returns false has not handled it.
        Receive<Terminated>(gone => { _listeners.Lose(gone); });
        Receive<DeadlineDue>(_ => Happen(new RaceHappening.DeadlinePassed()));
        Receive<UpkeepDue>(_ => OnUpkeep());
        Receive<HandOver>(_ => OnHandOver());
        Receive<Describe>(_ => Sender.Tell(new ActorWords(_race!.Standing.Word(), Now, _race.Plan.Goal.Id)));
    }

    private void OnRunEvent(IRunEvent told)
    {
        if (told is RunEvents.Refused refused)
        {
            OnRefused(refused);
            return;
        }

        var run = _race!.Telling(told);
        Happen(new RaceHappening.Told(told));
        if (told is RunEvents.Ended)
            Sender.Tell(new RunCommands.Heard(told.Run));
        else if (run is null)
            Sender.Tell(new RunCommands.Preempt(told.Run, Strays.Stop));
        else if (run.IsStarted && told is RunEvents.Started)
            // Said again by a node that thinks this coordinator is gone.
            Sender.Tell(Claim);
    }

    private void OnRefused(RunEvents.Refused refused)
    {
        if (refused.Why == Refusal.Superseded && refused.Run.Incarnation == _race!.Plan.Incarnation)
        {
            BeSuperseded();
            return;
        }

        // What is known of the node is put right before another place is looked for, which the race does at once.
        if (_race!.Telling(refused) is { IsStarted: false })
        {
            _placement = _placement!.Refuse(refused);
            _tools.Board.Deny(refused.Node);
        }

        Happen(new RaceHappening.Told(refused));
    }

    private SlotCommands.Claim Claim => new(_placement!.Goal, _placement.Incarnation);

    private void Happen(RaceHappening happening)
    {
        var step = _race!.On(happening, Now);
        if (step.Race.Dropped != _race.Dropped && happening is RaceHappening.Told { Event.Run: var run })
            _log.Tell(LogLines.ReportDropped(run));
        Take(step);
    }

    private void Take(RaceStep step)
    {
        _race = step.Race;
        foreach (var effect in step.Effects)
            Do(effect);

        if (!_isPlacing && (_race.HasSought || _placement!.WaitsAnywhere))
            Place(_placement!.Spread(View));
        if (_isAbandoned && _race.IsSettled)
        {
            PublishUnheard();
            Leave();
        }
    }

    private void Do(RaceEffect effect)
    {
        switch (effect)
        {
            case RaceEffect.Command command:
                Command(command.Node, command.Message);
                break;
            case RaceEffect.Announce announce when _hadListeners:
                Publish(announce.Message);
                break;
            case RaceEffect.Announce announce:
                _unheard.Add(announce.Message);
                break;
        }
    }

    private void PublishUnheard()
    {
        _unheard.ForEach(Publish);
        _unheard.Clear();
    }

    private void Publish(IGoalEvent told)
    {
        // First, so that whoever has heard of it finds it counted.
        Count(told);
        _listeners.Tell(told);
        // Last: nobody waits for what is only looked at.
        Record(told);
    }

    /// <summary>A race that was settled before it was handed over says so again, which is no news; and what a later life of this coordinator races for is told by that one.</summary>
    private bool IsNews => !_wasSettled && !_isVoid;

    private void Count(IGoalEvent told)
    {
        if (IsNews)
            _tools.Metrics.Count(told);
    }

    private void Record(IGoalEvent told)
    {
        if (!IsNews)
            return;
        if (told is GoalEvents.RunEnded ended && _log.Tells(LogLevel.DebugLevel))
            _log.Tell(LogLines.RunEnded(ended.Row));
        if (told is not GoalEvents.Settled settled)
            return;
        if (_log.Tells(LogLevel.InfoLevel))
            _log.Tell(LogLines.GoalSettled(settled.Answer));
        GoalTrace.Tell(_race!.Plan.Goal, settled.Answer, _tools.Clock.GetUtcNow() - Now, AnswerSource.Race);
    }

    private void Command(string node, object message) => _tools.Board.AgentOf(node)?.Tell(message);
}

/// <summary>Stop here; the race goes on elsewhere, if it is not over. What a shard tells its coordinators when it moves.</summary>
internal sealed class HandOver : INoSerializationVerificationNeeded
{
    public static readonly HandOver Instance = new();
}
