using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Goals;

/// <summary>The part of the coordinator that is about how it comes to its race: whoever asks for it is there, or another node hands it over. Without either it knows of none.</summary>
internal sealed partial class GoalCoordinatorActor
{
    /// <summary>How long a coordinator without a goal waits for one: whoever was told something may be older than the race that is handed over.</summary>
    internal static readonly TimeSpan GoalPatience = TimeSpan.FromSeconds(3);

    /// <summary>How long whoever asks for the goal has to be found: longer than it lets pass before it asks again.</summary>
    internal static readonly TimeSpan AskerPatience = TimeSpan.FromSeconds(10);

    /// <summary>Who has asked for the goal before it is raced for.</summary>
    private readonly Askers<GoalCommands.Submit> _askers = new();

    private readonly Arrivals _arrivals;

    private GoalCommands.Resume? _later;
    private bool _isAskedFor;
    private bool _hasWaited;

    /// <summary>What a race can begin with, and what ends the wait for one.</summary>
    private void AwaitGoal()
    {
        Receive<GoalCommands.Submit>(OnFirstSubmit);
        Receive<ActorIdentity>(_ => _isAskedFor, _ => KeepForGoal());
        Receive<ActorIdentity>(_ => OnThere(OnFound));
        Receive<GoalCommands.Resume>(OnResume);
        Receive<HandOver>(_ => Context.Stop(Self));
    }

    private void OnFirstSubmit(GoalCommands.Submit submit)
    {
        _arrivals.Note(submit);
        // Who knows nothing of a race that is on its way must not come before who does.
        if (!_hasWaited)
            _isAskedFor |= submit.IsMoving;
        if (_isAskedFor)
        {
            // Whoever is looked for is found when the wait is over.
            Timers.Cancel(NobodyIsThere.Instance);
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

    /// <summary>What is left of its deadline now.</summary>
    private TimeSpan Left(GoalCommands.Submit submit) => submit.Left - _arrivals.Age(submit);

    private void OnFound(GoalCommands.Submit submit)
    {
        var left = Left(submit);
        Begin(submit.Source, submit.What.Limits.Timeout - left);
        Listen(Sender);
        var plan = _tools.Plan(submit.What, submit.After);
        _placement = Placement.For(plan.Goal, plan.Incarnation);
        StartTimers(left);
        if (submit.After > 0)
        {
            _log.Tell(LogLines.RaceBegunAnew(plan.Goal.Id, plan.Incarnation, left > TimeSpan.Zero ? left : TimeSpan.Zero));
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

    private void KeepForGoal()
    {
        Stash.Stash();
        if (!Timers.IsTimerActive(NoGoalCame.Instance))
            Timers.StartSingleTimer(NoGoalCame.Instance, NoGoalCame.Instance, GoalPatience);
    }

    /// <summary>What was handed over is lost, if anything was: whoever asks for the goal gets it raced for anew.</summary>
    private void OnNoGoalCame()
    {
        _hasWaited = true;
        if (_isAskedFor)
            Stash.UnstashAll();
        else if (_askers.Asks.Count == 0)
            BecomeStray();
        _isAskedFor = false;
    }

    /// <summary>Nobody races for this goal any more: nodes that still tell of it may forget it.</summary>
    private void BecomeStray()
    {
        Become(() =>
        {
            AwaitGoal();
            Receive<IGoalMessage>(told => Strays.Answer(Sender, told));
        });
        Stash.UnstashAll();
        Leave();
    }

    private sealed class NobodyIsThere : INoSerializationVerificationNeeded
    {
        public static readonly NobodyIsThere Instance = new();
    }

    private sealed class NoGoalCame : INoSerializationVerificationNeeded
    {
        public static readonly NoGoalCame Instance = new();
    }
}
