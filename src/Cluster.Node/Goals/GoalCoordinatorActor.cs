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

    /// <summary>Who has asked for the goal before it is raced for.</summary>
    private readonly Askers<GoalCommands.Submit> _askers = new();

    /// <summary>What has happened to a race that was handed over, before anybody has asked for it here.</summary>
    private readonly List<IGoalEvent> _unheard = [];

    private GoalRace? _race;
    private Placement? _placement;
    private GoalCommands.Resume? _later;
    private string _source = "";
    private long _acceptedAt;
    private bool _isPlacing;
    private bool _isAskedFor;
    private bool _hasWaited;
    private bool _isAbandoned;
    private bool _wasSettled;

    public GoalCoordinatorActor(CoordinatorTools tools)
    {
        _tools = tools;
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

    /// <summary>What a race can begin with, and what ends the wait for one.</summary>
    private void AwaitGoal()
    {
        Receive<GoalCommands.Submit>(OnFirstSubmit);
        Receive<ActorIdentity>(_ => OnThere(OnFound));
        Receive<GoalCommands.Resume>(OnResume);
        Receive<HandOver>(_ => Context.Stop(Self));
    }

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
        Receive<Terminated>(OnListenerGone);
        Receive<DeadlineDue>(_ => Happen(new RaceHappening.DeadlinePassed()));
        Receive<UpkeepDue>(_ => OnUpkeep());
        Receive<HandOver>(_ => OnHandOver());
        Receive<Describe>(_ => Sender.Tell(new ActorWords(_race!.Standing.Word(), Now, _race.Plan.Goal.Id)));
    }

    private void OnFirstSubmit(GoalCommands.Submit submit)
    {
        // Who knows nothing of a race that is on its way must not come before who does.
        _isAskedFor |= submit.IsMoving;
        if (_isAskedFor && !_hasWaited)
        {
            KeepForGoal();
            return;
        }

        _askers.Find(Sender, submit);
        if (!Timers.IsTimerActive(NobodyIsThere.Instance))
            Timers.StartSingleTimer(NobodyIsThere.Instance, NobodyIsThere.Instance, AskerPatience);
    }

    private void OnThere(Action<GoalCommands.Submit> found)
    {
        if (_askers.Found(Sender) is { } submit)
            found(submit);
    }

    private void OnFound(GoalCommands.Submit submit)
    {
        var limits = submit.What.Limits;
        Begin(submit.Source, limits.Timeout - submit.Left);
        Listen(Sender);
        var plan = _tools.Plan(submit.What, submit.After);
        _placement = Placement.For(plan.Goal, plan.Incarnation);
        StartTimers(submit.Left);
        if (submit.After > 0)
        {
            _log.Tell(LogLines.RaceBegunAnew(plan.Goal.Id, plan.Incarnation, submit.Left));
            Supersede();
        }

        Take(GoalRace.Begin(plan, Now));
    }

    /// <summary>Every node ends what an earlier life of this coordinator has left there, not only those that this one asks for a slot.</summary>
    private void Supersede()
    {
        foreach (var node in _tools.Board.Nodes.Keys)
            Command(node, Claim);
    }

    private void OnResume(GoalCommands.Resume resume)
    {
        var state = resume.Race;
        Begin(resume.Source, state.At);
        _isAbandoned = state.WithdrawnBecause == Abandoned;
        var step = GoalRace.Restore(state);
        _wasSettled = step.Race.IsSettled;
        _placement = step.Race.Runs.Where(run => run.Node is not null)
            .Aggregate(Placement.For(state.Goal, state.Incarnation), (placement, run) => placement.Keep(run.Id, run.Node!));
        var left = state.Goal.Limits.Timeout - state.At;
        _log.Tell(LogLines.RaceGoesOn(state.Goal.Id, state.Incarnation, left));
        StartTimers(left);
        Take(step);
        // Nodes learn by it whom to watch from now on.
        foreach (var node in step.Race.LivingRuns.Select(run => run.Node!).Distinct())
            Command(node, Claim);
        Remind(run => false);
    }

    /// <summary>
    /// Somebody waits for what was handed over. Before that nothing of it is begun, and nothing is news: if it was held up on its way, the goal may have been raced anew and
    /// answered since. Nodes that have forgotten a run begin it again.
    /// </summary>
    private void TakeUp()
    {
        Remind(run => true);
        Take(new RaceStep(_race!, []));
    }

    /// <summary>One that was held up on its way, or the latest of all: what is here is it that was held up then.</summary>
    private void OnOtherRace(GoalCommands.Resume resume)
    {
        if (resume.Race.Incarnation <= _race!.Plan.Incarnation)
            return;
        BeSuperseded();
        _later = resume;
        // A shard that is about to move takes it no more, but before that it brings it before whatever else waits.
        Context.Parent.Forward(resume);
    }

    private void Begin(string source, TimeSpan since)
    {
        _source = source;
        _isLeaving = false;
        _acceptedAt = _tools.Clock.GetTimestamp() - (long)(since.TotalSeconds * _tools.Clock.TimestampFrequency);
        _tools.Board.Subscribe(Self);
        Timers.Cancel(NoGoalCame.Instance);
        Timers.Cancel(NobodyIsThere.Instance);
        Become(Open);
        Stash.UnstashAll();
    }

    private void StartTimers(TimeSpan left)
    {
        Timers.StartSingleTimer(DeadlineDue.Instance, DeadlineDue.Instance, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        Timers.StartPeriodicTimer(UpkeepDue.Instance, UpkeepDue.Instance, UpkeepPeriod);
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
