using Akka.Actor;
using Akka.Event;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Goals;

/// <summary>
/// One goal's coordinator. It turns messages into happenings of its <see cref="GoalRace"/> and effects into sends, and nothing
/// else; it stops when the goal is settled.
/// </summary>
internal sealed class GoalCoordinatorActor : ReceiveActor, IWithTimers
{
    private const string DeadlineKey = "deadline";

    private readonly CoordinatorTools _tools;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _listeners = [];
    private GoalRace? _race;
    private long _acceptedAt;

    public GoalCoordinatorActor(CoordinatorTools tools)
    {
        _tools = tools;
        Receive<GoalCommands.Submit>(OnSubmit);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _tools.Clock.GetElapsedTime(_acceptedAt);

    public static Props Props(CoordinatorTools tools) => Akka.Actor.Props.Create(() => new GoalCoordinatorActor(tools));

    private void Open()
    {
        Receive<GoalCommands.Submit>(_ => _listeners.Add(Sender));
        Receive<GoalCommands.Withdraw>(withdraw => Happen(new RaceHappening.Withdrawn(withdraw.Reason)));
        Receive<IRunEvent>(told => Happen(new RaceHappening.Told(told)));
        Receive<AgentGone>(_ => OnAgentGone());
        Receive<DeadlineDue>(_ => Happen(new RaceHappening.DeadlinePassed()));
    }

    private void OnSubmit(GoalCommands.Submit submit)
    {
        _acceptedAt = _tools.Clock.GetTimestamp();
        _listeners.Add(Sender);
        Become(Open);
        Context.WatchWith(_tools.Agent, AgentGone.Instance);
        Timers.StartSingleTimer(DeadlineKey, DeadlineDue.Instance, submit.Goal.Limits.Timeout);
        Take(GoalRace.Begin(_tools.Plan(submit.Goal)));
    }

    private void OnAgentGone()
    {
        foreach (var run in _race!.Runs)
            Happen(new RaceHappening.RunLost(run.Id, "its node is gone"));
    }

    private void Happen(RaceHappening happening) => Take(_race!.On(happening, Now));

    private void Take(RaceStep step)
    {
        var before = _race;
        _race = step.Race;
        if (before is not null && before.Dropped != _race.Dropped)
            _log.Debug("a report to goal {0} was dropped: it belongs to no living run", _race.Plan.Goal.Id);

        foreach (var effect in step.Effects)
            Do(effect);

        if (_race.IsSettled && before is not { IsSettled: true })
            Context.Stop(Self);
    }

    private void Do(RaceEffect effect)
    {
        switch (effect)
        {
            case RaceEffect.Command command:
                _tools.Agent.Tell(command.Message);
                break;
            case RaceEffect.Announce announce:
                foreach (var listener in _listeners)
                    listener.Tell(announce.Message);
                break;
        }
    }

    private sealed class AgentGone : INoSerializationVerificationNeeded
    {
        public static readonly AgentGone Instance = new();
    }

    private sealed class DeadlineDue : INoSerializationVerificationNeeded
    {
        public static readonly DeadlineDue Instance = new();
    }
}

/// <summary>What all coordinators of a node share.</summary>
/// <param name="Agent">Who gives slots to runs.</param>
/// <param name="Plan">Which backends a goal is raced with; each plan with a higher incarnation than any before it.</param>
/// <param name="Clock">The node's monotonic clock.</param>
internal sealed record CoordinatorTools(IActorRef Agent, Func<Goal, RacePlan> Plan, TimeProvider Clock);
