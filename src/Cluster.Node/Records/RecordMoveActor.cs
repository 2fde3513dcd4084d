using Akka.Actor;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Inspection;

namespace ProverCluster.Node.Records;

/// <summary>
/// A record on its way to its next life: hands it over again until that has it. A shard that moves once more drops what has come for it meanwhile, and whoever has submitted
/// a goal without waiting for it does not submit it again.
/// </summary>
internal sealed class RecordMoveActor : ReceiveActor, IWithTimers, IDescribed
{
    /// <summary>
    /// After how long without an answer it is told again; each time it is twice as long. Mostly the shard has no home yet: then this one is delivered as well, and changes nothing.
    /// </summary>
    internal static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>How often it is told again, the last time after 15 s.</summary>
    internal const int MostTimes = 4;

    private readonly RecordTools _tools;
    private readonly RecordState _record;
    private readonly IDisposable _move;
    private readonly IDisposable? _text;
    private readonly long _began;
    private int _times;

    public RecordMoveActor(RecordTools tools, RecordState record, IDisposable move)
    {
        (_tools, _record, _move, _began) = (tools, record, move, tools.Clock.GetTimestamp());
        // Its new home is told to fetch it here.
        tools.Store.TryHold(record.What.Text, out _text);
        Receive<RecordEvents.AtWork>(_ => Context.Stop(Self));
        Receive<TellAgain>(_ => OnSilence());
        Receive<Describe>(_ => Sender.Tell(new ActorWords("moving", Since, record.What.Id)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Since => _tools.Clock.GetElapsedTime(_began);

    /// <summary>It was told once, in this one's name.</summary>
    /// <param name="tools">Of this node.</param>
    /// <param name="record">What is handed over.</param>
    /// <param name="move">Is disposed when that is done, or was in vain.</param>
    public static Props Props(RecordTools tools, RecordState record, IDisposable move) => Akka.Actor.Props.Create(() => new RecordMoveActor(tools, record, move));

    protected override void PreStart() => Wait();

    protected override void PostStop()
    {
        _text?.Dispose();
        _move.Dispose();
    }

    private void OnSilence()
    {
        if (_times == MostTimes)
        {
            Context.Stop(Self);
            return;
        }

        var again = new RecordCommands.Adopt(_record with { Age = _record.Age + Since });
        _tools.Records().Tell(again);
        // A node that leaves has no way of its own any more when its last shard has gone; and another one may be about to leave as well.
        var others = _tools.OtherIndexes();
        if (others.Count > 0)
            others[(int)((uint)(_record.What.Id.GetHashCode() + _times) % (uint)others.Count)].Tell(again);
        _times++;
        Wait();
    }

    private void Wait() => Timers.StartSingleTimer(TellAgain.Instance, TellAgain.Instance, FirstPause * (1 << _times));

    private sealed class TellAgain : INoSerializationVerificationNeeded
    {
        public static readonly TellAgain Instance = new();
    }
}
