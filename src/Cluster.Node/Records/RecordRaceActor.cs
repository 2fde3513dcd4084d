using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Store;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Records;

/// <summary>
/// The race of one recorded goal, as its record sees it: brings the text to this node and holds it, has the goal stored, boards the flight of all that ask the same, and keeps a long output
/// here.
/// It outlives a record that moves, for a while: the race is to have a listener, and its text a home, until the record has found new ones.
/// </summary>
internal sealed class RecordRaceActor : ReceiveActor, IWithTimers, IDescribed
{
    /// <summary>How long it stays behind a record that has moved.</summary>
    internal static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    /// <summary>How long after a text of a stored goal could not be had it is looked for again.</summary>
    internal static readonly TimeSpan FetchAgain = TimeSpan.FromSeconds(1);

    /// <summary>What a text of so many bytes asks is known in less than a millisecond; a longer one is looked at elsewhere.</summary>
    private const int ShortText = 64 << 10;

    private readonly RecordTools _tools;
    private readonly IActorRef _record;
    private readonly RecordedRace _race;
    private readonly Goal _goal;
    private readonly long _began;
    private FlightName? _flight;
    private IDisposable? _hold;
    private IActorRef _listener = ActorRefs.Nobody;
    private GoalCommands.Withdraw? _withdrawn;
    private GoalEvents.Settled? _settled;

    public RecordRaceActor(RecordTools tools, IActorRef record, RecordedRace race)
    {
        (_tools, _record, _race, _goal) = (tools, record, race, race.Goal);
        _flight = FlightName.TryParse(race.Flight, out var flight) ? flight : null;
        _began = tools.Clock.GetTimestamp() - (long)(race.Since.TotalSeconds * tools.Clock.TimestampFrequency);
        Receive<TextFetched>(OnFetched);
        Receive<FetchDue>(_ => Fetch());
        Receive<TextNamed>(OnNamed);
        Receive<GoalStored>(OnStored);
        Receive<NotStored>(refused => _record.Tell(refused));
        Receive<GoalCommands.Withdraw>(OnWithdraw);
        Receive<GoalEvents.Settled>(OnSettled);
        Receive<IGoalEvent>(told => _record.Tell(told));
        Receive<OutputFetched>(OnOutput);
        Receive<RaceLost>(lost => _record.Tell(lost));
        Receive<Terminated>(_ => Timers.StartSingleTimer(LingerOver.Instance, LingerOver.Instance, Linger));
        Receive<LingerOver>(_ => Context.Stop(Self));
        Receive<Describe>(_ => Sender.Tell(new ActorWords(_settled is not null ? "settled" : _listener.IsNobody() ? "preparing" : "racing", Since, _goal.Id)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="tools">Of this node.</param>
    /// <param name="record">Is told of it.</param>
    /// <param name="race">Which.</param>
    public static Props Props(RecordTools tools, IActorRef record, RecordedRace race) => Akka.Actor.Props.Create(() => new RecordRaceActor(tools, record, race));

    private TimeSpan Since => _tools.Clock.GetElapsedTime(_began);

    protected override void PreStart()
    {
        Context.Watch(_record);
        if (_race.Rejection is null)
            Fetch();
        else
            Store(null);
    }

    protected override void PostStop() => _hold?.Dispose();

    private void Fetch() => _tools.Texts.Tell(new FetchText(_goal.Id, _goal.Text, _goal.Language, _race.Source));

    private void OnFetched(TextFetched fetched)
    {
        if (fetched.Fault is null && _tools.Store.TryHold(_goal.Text, out _hold) && _tools.Store.TryGet(_goal.Text, out var document))
            Name(document);
        else if (_race.Stage == RaceStage.Told)
            Listen(_race.Source, Since, stands: false, isStandingKept: false);
        else if (_race.Stage != RaceStage.Stored)
            // Nobody was told that it is accepted; if an earlier life has stored it, the recovery finds it.
            _record.Tell(new NotStored($"its text could not be had from the node that it came in at: {fetched.Fault}"));
        else if (Since < _goal.Limits.Timeout)
            // The store has it, and does not work now.
            Timers.StartSingleTimer(FetchDue.Instance, FetchDue.Instance, FetchAgain);
        else
            _record.Tell(new RaceLost(RaceLost.Late));
    }

    private void Name(GoalDocument document)
    {
        var named = _flight is { } known ? Task.FromResult(known)
            : document.Text.Length <= ShortText ? Task.FromResult(NameOf(_goal, document))
            : Task.Run(() => NameOf(_goal, document));
        named.PipeTo(Self, success: name => new TextNamed(name, document.Text), failure: e => new RaceLost($"its text could not be read: {e.Message}"));
    }

    private static FlightName NameOf(Goal goal, GoalDocument document) => FlightName.Of(VerdictKey.Of(goal, document), goal);

    private void OnNamed(TextNamed named)
    {
        _flight = named.Flight;
        if (_race.Stage is RaceStage.New or RaceStage.Anew)
            Store(named.Text);
        else
            Listen(_tools.Source, Since, stands: false, isStandingKept: false);
    }

    /// <summary>Nobody is told that the goal is accepted before it is stored.</summary>
    private void Store(ReadOnlyMemory<byte>? text)
    {
        var left = _goal.Limits.Timeout - Since;
        StoreAsync(_tools.GoalStore, new NewGoal(_goal, text, _race.Owner, _race.Stands, _race.AcceptedAt, left), _race.Stage == RaceStage.Anew)
            .PipeTo(Self, success: acceptance => new GoalStored(acceptance), failure: NotStored.Because);
    }

    private static async Task<Acceptance> StoreAsync(IGoalStore store, NewGoal goal, bool isAnew)
    {
        var acceptance = await store.AcceptAsync(goal);
        var isWithdrawn = acceptance is Acceptance.Stands { Goal.Answer.Verdict: Verdict.Withdrawn };
        return (isAnew || isWithdrawn) && await store.ReopenAsync(goal.What.Id, goal.Left, goal.Stands) is { } again ? new Acceptance.Stands(again) : acceptance;
    }

    private void OnStored(GoalStored stored)
    {
        if (stored.Acceptance is not Acceptance.Stands { Goal: var goal })
        {
            _record.Tell(NotStored.Conflict);
        }
        else if (goal.Answer is { Verdict: Verdict.Withdrawn })
        {
            _record.Tell(new NotStored("it was withdrawn, and is being forgotten just now"));
        }
        else if (goal.Answer is not null)
        {
            _record.Tell(new FoundSettled(goal));
        }
        else if (_race.Rejection is { } why)
        {
            _record.Tell(new RaceRejected(why));
        }
        else if (goal.Left <= TimeSpan.Zero)
        {
            // As long ago as the node that took it in is gone.
            _record.Tell(new RaceLost(RaceLost.Late));
        }
        else
        {
            Listen(_tools.Source, _goal.Limits.Timeout - goal.Left, goal.Stands && !_race.Stands, goal.Stands);
        }
    }

    private void Listen(string source, TimeSpan since, bool stands, bool isStandingKept)
    {
        _record.Tell(new RaceAccepted(source, since, stands, isStandingKept, _flight?.ToString()));
        var self = Self;
        var answer = new TaskCompletionSource<GoalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        answer.Task.PipeTo(self, success: _ => HeardAll.Instance, failure: e => new RaceLost(e.Message));
        // Without its text nobody knows what it asks, unless its record had been told. It is raced by itself then.
        _listener = Context.ActorOf(_flight is { } flight
            ? FlightListenerActor.Props(new ListenerTools(_tools.Flights, source, _tools.Clock), flight, _goal, new Progress(self), answer, since, _race.IsMoving)
            : GoalListenerActor.Props(new ListenerTools(_tools.Goals, source, _tools.Clock), _goal, new Progress(self), answer, since, _race.IsMoving));
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
        if (_race.Stage == RaceStage.Stored && settled.Answer.Verdict == Verdict.Rejected && Since + GoalRecordActor.RacePause < _goal.Limits.Timeout)
            // It was no reject when it was accepted: after a restart of a whole cluster the node with its backend may be about to come. The record begins once more.
            Context.Stop(Self);
        else if (settled.Answer is { Output: ProverOutput.Kept kept, Winner: { } winner })
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

    private sealed class FetchDue : INoSerializationVerificationNeeded
    {
        public static readonly FetchDue Instance = new();
    }

    /// <summary>What the text asks, with whom it shares a race.</summary>
    private sealed record TextNamed(FlightName Flight, ReadOnlyMemory<byte> Text) : INoSerializationVerificationNeeded;

    /// <summary>What the store says of the goal.</summary>
    private sealed record GoalStored(Acceptance Acceptance) : INoSerializationVerificationNeeded;

    private sealed class LingerOver : INoSerializationVerificationNeeded
    {
        public static readonly LingerOver Instance = new();
    }

    private sealed class HeardAll : INoSerializationVerificationNeeded
    {
        public static readonly HeardAll Instance = new();
    }
}
