using Akka.Actor;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Membership;

namespace ProverCluster.Node.Records;

/// <summary>
/// Somebody who waits for a goal's answer: an interest that ends with this actor. When the goal's record is gone, or nothing is heard of it, the goal is
/// submitted again, with the same id and what is left of the same deadline.
/// </summary>
internal sealed class RecordWaitActor : ReceiveActor, IWithTimers, IDescribed
{
    /// <summary>How often it asks again while nobody has accepted the goal.</summary>
    internal static readonly TimeSpan AskPeriod = TimeSpan.FromSeconds(1);

    /// <summary>How many of those periods pass before it asks a record that it knows, which may take it for gone: fewer than a record waits for whoever comes back.</summary>
    internal const int PeriodsOfQuiet = 5;

    /// <summary>How long after the deadline the answer may come.</summary>
    internal static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(3);

    private readonly IActorRef _records;
    private readonly RecordCommands.Submit _submit;
    private readonly TimeProvider _clock;
    private readonly GoalWait _wait;
    private readonly long _began;
    private IActorRef? _record;
    private int _quiet;

    public RecordWaitActor(IActorRef records, RecordCommands.Submit submit, TimeProvider clock, GoalWait wait)
    {
        (_records, _submit, _clock, _wait) = (records, submit, clock, wait);
        _began = clock.GetTimestamp();
        Receive<RecordEvents.Shown>(OnShown);
        Receive<IRecordEvent>(End);
        Receive<Terminated>(gone => gone.ActorRef.Equals(_record), OnRecordGone);
        Receive<Terminated>(_ => { });
        Receive<AskAgain>(_ => OnPeriod());
        Receive<Describe>(_ => Sender.Tell(new ActorWords(_record is null ? "asking" : "waiting", clock.GetElapsedTime(_began), submit.Goal)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="records">Where messages to records go.</param>
    /// <param name="submit">The goal, without a standing interest.</param>
    /// <param name="clock">The node's.</param>
    /// <param name="wait">Is told when the goal is accepted, and its answer, or why there is none.</param>
    public static Props Props(IActorRef records, RecordCommands.Submit submit, TimeProvider clock, GoalWait wait) =>
        Akka.Actor.Props.Create(() => new RecordWaitActor(records, submit, clock, wait));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(AskAgain.Instance, AskAgain.Instance, AskPeriod);
        Submit();
    }

    /// <summary>A caller is never left waiting.</summary>
    protected override void PostStop() => _wait.Lose();

    private void Submit() => _records.Tell(_submit with { Left = _submit.Left - _clock.GetElapsedTime(_began) });

    private void OnShown(RecordEvents.Shown shown)
    {
        _quiet = 0;
        _wait.Accept();
        if (shown.View.Answer is not null)
        {
            End(shown);
        }
        else if (!Sender.Equals(_record))
        {
            _record = Sender;
            Context.Watch(Sender);
        }
    }

    private void OnRecordGone(Terminated gone)
    {
        _record = null;
        // It may live and answer, and its watch end at once again: it is asked in the next period.
        if (!gone.IsUnseen())
            Submit();
    }

    private void OnPeriod()
    {
        if (_clock.GetElapsedTime(_began) > _submit.Left + AnswerPatience)
            Context.Stop(Self);
        else if (_record is null || ++_quiet % PeriodsOfQuiet == 0)
            Submit();
    }

    private void End(IRecordEvent answer)
    {
        _wait.End(answer);
        Context.Stop(Self);
    }

    private sealed class AskAgain : INoSerializationVerificationNeeded
    {
        public static readonly AskAgain Instance = new();
    }
}
