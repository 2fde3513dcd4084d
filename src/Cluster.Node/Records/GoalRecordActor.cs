using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Membership;

namespace ProverCluster.Node.Records;

/// <summary>
/// One goal's record. It turns messages into happenings of its <see cref="GoalRecord"/> and effects into sends, and nothing else. Sharded by goal, or a child of
/// <see cref="RecordsActor"/>; it hands the record over when its shard moves, and stops when the goal was settled long enough ago.
/// </summary>
internal sealed partial class GoalRecordActor : ReceiveActor, IWithTimers, IWithUnboundedStash, IDescribed
{
    private readonly RecordTools _tools;
    private readonly Dictionary<IActorRef, Interest> _waiting = [];
    private readonly List<IActorRef> _unaccepted = [];
    private readonly EventReaders _readers;
    private GoalRecord? _record;
    private IActorRef _race = ActorRefs.Nobody;
    private string _source = "";
    private long _acceptedAt;
    private string? _rejection;
    private string? _flight;

    /// <summary>Whether another life of it has handed it over, and no race was begun since.</summary>
    private bool _isHandedOver;

    /// <summary>Whether it comes from the store, in which an earlier life has put it.</summary>
    private bool _isStored;

    /// <summary>Whether everything that the answer to a submission promises is here, but for an interest that stands.</summary>
    private bool _isAccepted;

    /// <summary>Whether the store knows that the owner's interest stands.</summary>
    private bool _isStandingKept;

    /// <summary>Whether the goal's answer is no race's.</summary>
    private bool _answersItself;

    private bool _isGivenUpByOwner;
    private int _timesGivenUp;

    /// <summary>The bytes of its text, by which it counts among the open ones; null if it does not.</summary>
    private long? _open;

    public GoalRecordActor(RecordTools tools)
    {
        _tools = tools;
        _readers = new EventReaders(tools.Clock);
        Receive<RecordCommands.Submit>(OnFirstSubmit);
        Receive<RecordCommands.Adopt>(OnFirstAdopt);
        Receive<RecordCommands.Recover>(OnRecover);
        Receive<MoveRecord>(_ => Context.Stop(Self));
        Receive<NothingCame>(nothing => Find(nothing.Goal));
        Receive<GoalPeeked>(peeked => peeked.Goal is { Answer: not null }, peeked => OnFound(new GoalFound(peeked.Goal)));
        Receive<Describe>(_ => Sender.Tell(new ActorWords("waiting", null)));
        Receive<IRecordCommand>(AwaitRecord);
        Receive<INoSerializationVerificationNeeded>(_ => { });
        Receive<Terminated>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    public static Props Props(RecordTools tools) => Akka.Actor.Props.Create(() => new GoalRecordActor(tools));

    protected override void PostStop() => Close();

    private void Known()
    {
        Receive<Describe>(_ => Sender.Tell(new ActorWords(_record!.View.State.Word(), Age, _record.Goal.Id)));
        Receive<RecordCommands.Submit>(OnSubmit);
        Receive<RecordCommands.Show>(show => Answer(show.Who, () => ShowTo(Sender)));
        Receive<RecordCommands.Withdraw>(withdraw => Answer(withdraw.Who, () => OnWithdraw(withdraw)));
        Receive<RecordCommands.Next>(next => Answer(next.Who, () => _readers.Read(_record!, next, Sender)));
        Receive<RecordCommands.Adopt>(OnAdopt);
        Receive<RecordCommands.Recover>(recover => SayAtWork(recover.Goal));
        Receive<IGoalEvent>(_ => Sender.Equals(_race), told => Happen(new RecordHappening.Told(told)));
        Receive<RaceAccepted>(_ => Sender.Equals(_race), OnRaceAccepted);
        Receive<RaceRejected>(_ => Sender.Equals(_race), rejected => AnswerItself(new RecordHappening.Rejected(rejected.Why)));
        Receive<RaceLost>(_ => Sender.Equals(_race), lost => AnswerItself(new RecordHappening.RaceLost(lost.Why, Age)));
        Receive<FoundSettled>(_ => Sender.Equals(_race), found => Happen(new RecordHappening.Adopted(StateOf(found.Goal))));
        Receive<NotStored>(_ => Sender.Equals(_race), OnNotStored);
        Receive<AnswerKept>(OnKept);
        Receive<AnswerNotKept>(OnNotKept);
        // Unless it was given up, or the race was begun anew meanwhile, with what stands in the store from then on.
        Receive<StandingKept>(kept => _isAccepted && kept.TimesGivenUp == _timesGivenUp, _ =>
        {
            _isStandingKept = true;
            Accept();
        });
        Receive<StandingNotKept>(OnStandingNotKept);
        Receive<KeepDue>(due => Keep(due.Answer));
        Receive<Terminated>(OnTerminated);
        Receive<NotBack>(away => Happen(new RecordHappening.Left(away.Interest)));
        Receive<RaceAgain>(_ => BeginRace(RaceStage.Anew));
        Receive<RaceDue>(_ => _race.IsNobody() && !_record!.IsSettled && _record.Ending is null, _ => BeginRace(Stage));
        Receive<NothingCame>(_ => Happen(new RecordHappening.NobodyCame()));
        // The index has it forgotten that saw it settled; it may have been begun anew since.
        Receive<ForgetRecord>(_ => _record!.IsSettled, _ => Forget());
        Receive<MoveRecord>(OnMove);
        Receive<IGoalEvent>(_ => { });
        Receive<INoSerializationVerificationNeeded>(_ => { });
    }

    private RaceStage Stage => !_record!.Events.IsEmpty ? RaceStage.Told : _isStored ? RaceStage.Stored : RaceStage.New;

    private TimeSpan Age => _tools.Clock.GetElapsedTime(_acceptedAt);

    private void OnFirstSubmit(RecordCommands.Submit submit)
    {
        if (submit.Rejection is null && !_tools.Open.TryTake(submit.What.Text.Bytes))
        {
            // What was accepted before is not refused for want of room.
            if (!_isLookedUp)
            {
                _isSubmitted = true;
                Stash.Stash();
                Find(submit.Goal);
                return;
            }

            Sender.Tell(new RecordEvents.Full(submit.Goal));
            Leave();
            return;
        }

        _open = submit.Rejection is null ? submit.What.Text.Bytes : null;
        _rejection = submit.Rejection;
        var interest = InterestOf(submit);
        Begin(submit.Source, submit.What.Limits.Timeout - submit.Left);
        _unaccepted.Add(Sender);
        Take(GoalRecord.Accept(submit.What, submit.Owner, _tools.Clock.GetUtcNow().ToUnixTimeMilliseconds(), interest));
    }

    private void OnFirstAdopt(RecordCommands.Adopt adopt)
    {
        Begin(adopt.Record.Source, adopt.Record.Age);
        _flight = adopt.Record.Flight;
        var step = GoalRecord.Restore(adopt.Record);
        (_isHandedOver, _isAccepted) = (true, !step.Record.Events.IsEmpty);
        // It was counted where it came in: an accepted goal is not refused on its way.
        if (!step.Record.IsSettled)
            Open(step.Record.Goal);
        Take(step);
        AwaitInterest();
        SayAtWork(adopt.Goal);
    }

    /// <summary>It is older than this life, however often it is said: who wanted the goal then may have given it up.</summary>
    private void OnAdopt(RecordCommands.Adopt adopt)
    {
        Happen(new RecordHappening.Adopted(_isGivenUpByOwner ? adopt.Record with { Interested = [] } : adopt.Record));
        SayAtWork(adopt.Goal);
    }

    private void SayAtWork(GoalId goal) => Sender.Tell(new RecordEvents.AtWork(goal));

    /// <summary>Those who only waited for it, at another node or in another life, come back by themselves.</summary>
    private void AwaitInterest()
    {
        if (_open is not null && _record!.Interests.IsEmpty)
            Timers.StartSingleTimer(NothingCame.Key, new NothingCame(_record.Goal.Id), _tools.ReturnPatience);
    }

    private void Begin(string source, TimeSpan since)
    {
        StandAt(source, since);
        Timers.Cancel(NothingCame.Key);
        Become(Known);
        Stash.UnstashAll();
    }

    private void StandAt(string source, TimeSpan since) =>
        (_source, _acceptedAt) = (source, _tools.Clock.GetTimestamp() - (long)(since.TotalSeconds * _tools.Clock.TimestampFrequency));

    private void OnSubmit(RecordCommands.Submit submit)
    {
        if (!_record!.IsSame(submit.What) || submit.Owner != _record.Owner)
        {
            Sender.Tell(new RecordEvents.Conflict(submit.Goal));
            return;
        }

        // Who asks again has joined already: what it has given up since does not come back by that.
        if (!_waiting.ContainsKey(Sender))
        {
            _isGivenUpByOwner &= !submit.Stands;
            // It may begin once more, with the time that is asked for now.
            if (_record.IsWithdrawn)
                StandAt(submit.Source, submit.What.Limits.Timeout - submit.Left);
            Happen(new RecordHappening.Joined(InterestOf(submit)));
        }

        _unaccepted.Add(Sender);
        if (_record.IsSettled || (_isAccepted && !_record.IsWithdrawn && !Timers.IsTimerActive(RaceAgain.Instance)))
            Accept();
    }

    private void OnWithdraw(RecordCommands.Withdraw withdraw)
    {
        Happen(new RecordHappening.GivenUp(withdraw.Who, withdraw.Follower));
        if (withdraw.Follower is null && !_record!.IsSettled)
            KeepGivenUp();
        else
            Sender.Tell(new RecordEvents.Shown(_record!.View));
    }

    private Interest InterestOf(RecordCommands.Submit submit)
    {
        if (submit.Stands)
            return new Interest.Standing(submit.Owner);
        var who = $"{Sender.Path}#{Sender.Path.Uid}";
        Interest interest = submit.Follower is { } name ? new Interest.Following(submit.Owner, name, who) : new Interest.Waiting(who);
        Timers.Cancel(new NotBack(interest));
        if (_waiting.TryAdd(Sender, interest))
            Context.Watch(Sender);
        return interest;
    }

    private void OnTerminated(Terminated gone)
    {
        if (gone.ActorRef.Equals(_race))
        {
            // No end of the goal: its node may be about to end, and then this actor is, too.
            _race = ActorRefs.Nobody;
            Timers.StartSingleTimer(RaceDue.Instance, RaceDue.Instance, RacePause);
        }
        else if (_waiting.Remove(gone.ActorRef, out var interest))
        {
            // Whoever lives asks again.
            if (gone.IsCertain())
                Happen(new RecordHappening.Left(interest));
            else
                Timers.StartSingleTimer(new NotBack(interest), new NotBack(interest), _tools.ReturnPatience);
        }
    }

    private void Happen(RecordHappening happening) => Take(_record!.On(happening));

    private void Take(RecordStep step)
    {
        _record = step.Record;
        // Before anybody hears of it: whoever has seen a goal settled does not find it counted as open.
        Index();
        foreach (var effect in step.Effects)
            Do(effect);
    }

    private void Do(RecordEffect effect)
    {
        switch (effect)
        {
            case RecordEffect.Race { IsAnew: true }:
                (_isAccepted, _isStandingKept, _answersItself) = (false, false, false);
                EndRace();
                Open(_record!.Goal);
                _readers.End(_record!);
                Timers.Cancel(ForgetRecord.Instance);
                // Its coordinator is to be gone by then: it would answer as before.
                Timers.StartSingleTimer(RaceAgain.Instance, RaceAgain.Instance, _tools.AgainPatience);
                break;
            case RecordEffect.Race:
                BeginRace(Stage);
                break;
            case RecordEffect.Withdraw withdraw:
                _race.Tell(new GoalCommands.Withdraw(_record!.Goal.Id, withdraw.Reason));
                break;
            case RecordEffect.Keep keep:
                Keep(keep.Answer);
                break;
            case RecordEffect.Announce:
                _readers.Tell(_record!);
                break;
            case RecordEffect.Finish:
                Finish();
                break;
        }
    }

    private void Answer(Caller who, Action answer)
    {
        if (who.Sees(_record!.Owner))
            answer();
        else
            Sender.Tell(new RecordEvents.Unknown(_record.Goal.Id));
    }
}
