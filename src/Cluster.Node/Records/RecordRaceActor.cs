using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Records;

/// <summary>
/// The race of one recorded goal, as its record sees it: brings the text to this node and holds it, listens to the coordinator, and keeps a long output here.
/// It outlives a record that moves, for a while: the race is to have a listener, and its text a home, until the record has found new ones.
/// </summary>
internal sealed class RecordRaceActor : ReceiveActor, IWithTimers
{
    /// <summary>How long it stays behind a record that has moved.</summary>
    internal static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    private readonly RecordTools _tools;
    private readonly IActorRef _record;
    private readonly Goal _goal;
    private readonly string _source;
    private readonly TimeSpan _since;
    private readonly bool _mustHaveText;
    private IDisposable? _hold;
    private IActorRef _listener = ActorRefs.Nobody;
    private GoalCommands.Withdraw? _withdrawn;
    private GoalEvents.Settled? _settled;

    public RecordRaceActor(RecordTools tools, IActorRef record, Goal goal, string source, TimeSpan since, bool mustHaveText)
    {
        (_tools, _record, _goal, _source, _since, _mustHaveText) = (tools, record, goal, source, since, mustHaveText);
        Receive<TextFetched>(OnFetched);
        Receive<GoalCommands.Withdraw>(OnWithdraw);
        Receive<GoalEvents.Settled>(OnSettled);
        Receive<IGoalEvent>(told => _record.Tell(told));
        Receive<OutputFetched>(OnOutput);
        Receive<RaceLost>(lost => _record.Tell(lost));
        Receive<Terminated>(_ => Timers.StartSingleTimer(LingerOver.Instance, LingerOver.Instance, Linger));
        Receive<LingerOver>(_ => Context.Stop(Self));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="tools">Of this node.</param>
    /// <param name="record">Is told of it.</param>
    /// <param name="goal">What is raced for.</param>
    /// <param name="source">The address of the node that has its text.</param>
    /// <param name="since">How long ago it was accepted.</param>
    /// <param name="mustHaveText">Whether there is no race yet that has it.</param>
    public static Props Props(RecordTools tools, IActorRef record, Goal goal, string source, TimeSpan since, bool mustHaveText) =>
        Akka.Actor.Props.Create(() => new RecordRaceActor(tools, record, goal, source, since, mustHaveText));

    protected override void PreStart()
    {
        Context.Watch(_record);
        _tools.Texts.Tell(new FetchText(_goal.Text, _goal.Language, _source));
    }

    protected override void PostStop() => _hold?.Dispose();

    private void OnFetched(TextFetched fetched)
    {
        if (fetched.Fault is null && _tools.Store.TryHold(_goal.Text, out _hold))
            Listen(_tools.Source);
        else if (_mustHaveText)
            _record.Tell(new RaceLost($"its text could not be had from the node that it came in at: {fetched.Fault}"));
        else
            Listen(_source);
    }

    private void Listen(string source)
    {
        _record.Tell(new RaceAccepted(source));
        var self = Self;
        var answer = new TaskCompletionSource<GoalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        answer.Task.PipeTo(self, success: _ => HeardAll.Instance, failure: e => new RaceLost(e.Message));
        var listener = new ListenerTools(_tools.Goals, source, _tools.Clock);
        _listener = Context.ActorOf(GoalListenerActor.Props(listener, _goal, new Progress(self), answer, _since));
        if (_withdrawn is not null)
            _listener.Tell(_withdrawn);
    }

    private void OnWithdraw(GoalCommands.Withdraw withdraw)
    {
        _withdrawn = withdraw;
        _listener.Tell(withdraw);
    }

    /// <summary>A long output is fetched once, and then is here for as long as the record is.</summary>
    private void OnSettled(GoalEvents.Settled settled)
    {
        _settled = settled;
        if (settled.Answer is { Output: ProverOutput.Kept kept, Winner: { } winner })
            _tools.Texts.Tell(new FetchOutput(kept, winner));
        else
            Settle(settled.Answer.Output);
    }

    private void OnOutput(OutputFetched fetched) =>
        Settle(fetched.Output is { } text ? new ProverOutput.Inline(text) : new ProverOutput.Missing(fetched.Fault ?? "it could not be had"));

    private void Settle(ProverOutput? output)
    {
        var answer = _settled!.Answer;
        if (output is ProverOutput.Inline inline && answer.Winner is { } winner)
            output = _tools.Shelf.Put(winner, inline, _tools.Settings.KeepFor, _tools.Source);
        _record.Tell(_settled with { Answer = answer with { Output = output } });
    }

    private sealed class Progress(IActorRef race) : IProgress<IGoalEvent>
    {
        public void Report(IGoalEvent value) => race.Tell(value, ActorRefs.NoSender);
    }

    private sealed class LingerOver : INoSerializationVerificationNeeded
    {
        public static readonly LingerOver Instance = new();
    }

    private sealed class HeardAll : INoSerializationVerificationNeeded
    {
        public static readonly HeardAll Instance = new();
    }
}

/// <summary>The goal's text is here, and its race is asked for.</summary>
/// <param name="Source">The address of the node that has the text, from now on.</param>
internal sealed record RaceAccepted(string Source) : INoSerializationVerificationNeeded;

/// <summary>The goal cannot be raced, or nobody can be found who does.</summary>
internal sealed record RaceLost(string Why) : INoSerializationVerificationNeeded;
