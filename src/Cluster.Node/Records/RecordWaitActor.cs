using Akka.Actor;
using ProverCluster.Messages.Records;

namespace ProverCluster.Node.Records;

/// <summary>
/// Somebody who waits for a goal's answer: an interest that ends with this actor. When the goal's record is gone, or nothing is heard of it, the goal is
/// submitted again, with the same id and what is left of the same deadline.
/// </summary>
internal sealed class RecordWaitActor : ReceiveActor, IWithTimers
{
    /// <summary>How often it asks again while nobody has accepted the goal.</summary>
    internal static readonly TimeSpan AskPeriod = TimeSpan.FromSeconds(1);

    /// <summary>How many of those periods pass before it asks a record that it knows.</summary>
    internal const int PeriodsOfQuiet = 10;

    /// <summary>How long after the deadline the answer may come.</summary>
    internal static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(3);

    private readonly IActorRef _records;
    private readonly RecordCommands.Submit _submit;
    private readonly TimeProvider _clock;
    private readonly TaskCompletionSource<IRecordEvent> _answer;
    private readonly IDisposable? _turn;
    private readonly long _began;
    private IActorRef? _record;
    private int _quiet;

    public RecordWaitActor(IActorRef records, RecordCommands.Submit submit, TimeProvider clock, TaskCompletionSource<IRecordEvent> answer, IDisposable? turn)
    {
        (_records, _submit, _clock, _answer, _turn) = (records, submit, clock, answer, turn);
        _began = clock.GetTimestamp();
        Receive<RecordEvents.Shown>(OnShown);
        Receive<IRecordEvent>(End);
        Receive<Terminated>(gone => OnRecordGone(gone.ActorRef));
        Receive<AskAgain>(_ => OnPeriod());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="records">Where messages to records go.</param>
    /// <param name="submit">The goal, without a standing interest.</param>
    /// <param name="clock">The node's.</param>
    /// <param name="answer">Is given the settled goal, or why there is none.</param>
    /// <param name="turn">Is given back when a record has answered for the first time.</param>
    public static Props Props(IActorRef records, RecordCommands.Submit submit, TimeProvider clock, TaskCompletionSource<IRecordEvent> answer, IDisposable? turn) =>
        Akka.Actor.Props.Create(() => new RecordWaitActor(records, submit, clock, answer, turn));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(AskAgain.Instance, AskAgain.Instance, AskPeriod);
        Submit();
    }

    /// <summary>A caller is never left waiting.</summary>
    protected override void PostStop() => _answer.TrySetCanceled();

    private void Submit() => _records.Tell(_submit with { Left = _submit.Left - _clock.GetElapsedTime(_began) });

    private void OnShown(RecordEvents.Shown shown)
    {
        _quiet = 0;
        _turn?.Dispose();
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

    private void OnRecordGone(IActorRef gone)
    {
        if (!gone.Equals(_record))
            return;
        _record = null;
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
        _answer.TrySetResult(answer);
        Context.Stop(Self);
    }

    private sealed class AskAgain : INoSerializationVerificationNeeded
    {
        public static readonly AskAgain Instance = new();
    }
}
