using Akka.Actor;
using Akka.Cluster.Sharding;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;

namespace ProverCluster.Node.Records;

/// <summary>The part of the record's actor that is not about what happens to the goal: its race, how it begins, moves and ends.</summary>
internal sealed partial class GoalRecordActor
{
    /// <summary>How long after a race was lost it is begun once more.</summary>
    internal static readonly TimeSpan RacePause = TimeSpan.FromSeconds(1);

    private void BeginRace(RaceStage stage)
    {
        var isMoving = _isHandedOver && stage == RaceStage.Told;
        _isHandedOver = false;
        var race = new RecordedRace(_record!.Goal, stage, _source, Age, _record.Owner, HasStanding, _record.AcceptedAt, _rejection, _flight, isMoving);
        // Withdrawn before it began: a race that is to end at once is begun all the same, since its end is what everybody waits for.
        _race = _tools.Start(RecordRaceActor.Props(_tools, Self, race));
        Context.Watch(_race);
        if (_record.IsWithdrawn)
            _race.Tell(new GoalCommands.Withdraw(_record.Goal.Id, GoalRecord.NobodyInterested));
    }

    private void EndRace()
    {
        Timers.Cancel(RaceDue.Instance);
        if (_race.IsNobody())
            return;
        Context.Unwatch(_race);
        _race.Tell(PoisonPill.Instance);
        _race = ActorRefs.Nobody;
    }

    /// <summary>Everything that the answer to a submission promises is here: its client may go. An interest that came later is kept first.</summary>
    private void Accept()
    {
        if (_record is { IsSettled: false } && !_isStandingKept && HasStanding)
        {
            KeepStanding();
            return;
        }

        foreach (var submitter in _unaccepted)
            ShowTo(submitter);
        _unaccepted.Clear();
    }

    private bool HasStanding => _record!.Interests.Contains(new Interest.Standing(_record.Owner));

    private void Finish()
    {
        Close();
        EndRace();
        // An answer that another node hands over ends what was about to begin.
        Timers.Cancel(RaceAgain.Instance);
        Timers.StartSingleTimer(ForgetRecord.Instance, ForgetRecord.Instance, _tools.Settings.KeepFor);
        Accept();
        foreach (var waiting in _waiting.Keys)
            waiting.Tell(new RecordEvents.Shown(_record!.View));
        _readers.End(_record!);
    }

    private void OnRaceAccepted(RaceAccepted accepted)
    {
        StandAt(accepted.Source, accepted.Since);
        (_isAccepted, _isStandingKept, _flight) = (true, _isStandingKept || accepted.IsStandingKept, accepted.Flight);
        if (accepted.Stands && !_isGivenUpByOwner)
            Happen(new RecordHappening.Joined(new Interest.Standing(_record!.Owner)));
        Accept();
    }

    /// <summary>It counts among those that are open, whether or not there is room for it: it was accepted before.</summary>
    private void Open(Goal goal)
    {
        if (_open is not null)
            return;
        _tools.Open.Take(goal.Text.Bytes);
        _open = goal.Text.Bytes;
    }

    /// <summary>It counts no more.</summary>
    private void Close()
    {
        if (_open is { } bytes)
            _tools.Open.Give(bytes);
        _open = null;
    }

    private void OnMove(MoveRecord move)
    {
        // The last node of a cluster would wait at its end for somebody to take it.
        var canBeTaken = move == MoveRecord.ToItsNextLife || _tools.CanBeTaken();
        if (canBeTaken && move == MoveRecord.Elsewhere && !_record!.IsSettled)
            _tools.Store.Promise(_record.Goal.Text);
        if (canBeTaken)
        {
            // At once, so that nobody who asks is faster.
            var written = _record!.Written(_source, Age, _flight);
            _tools.Records().Tell(new RecordCommands.Adopt(written), _tools.Start(RecordMoveActor.Props(_tools, written, _tools.Moves.Begin())));
        }

        Context.Stop(Self);
    }

    /// <summary>Whoever asks may be faster than the record on its way here. A settled goal is in the store as it ever will be, and is not waited for.</summary>
    private void AwaitRecord(IRecordCommand command)
    {
        Stash.Stash();
        if (_tools.AdoptPatience == TimeSpan.Zero)
            Find(command.Goal);
        else if (!Timers.IsTimerActive(NothingCame.Key))
        {
            Timers.StartSingleTimer(NothingCame.Key, new NothingCame(command.Goal), _tools.AdoptPatience);
            Peek(command.Goal);
        }
    }

    /// <summary>There is no record here: this is what whoever asks for one is told.</summary>
    private void BeNone(Func<IRecordCommand, IRecordEvent> answer)
    {
        Become(() =>
        {
            Receive<RecordCommands.Submit>(OnFirstSubmit);
            Receive<RecordCommands.Adopt>(OnFirstAdopt);
            Receive<MoveRecord>(_ => Context.Stop(Self));
            Receive<IRecordCommand>(command => Sender.Tell(answer(command)));
            Receive<INoSerializationVerificationNeeded>(_ => { });
        });
        Stash.UnstashAll();
        Leave();
    }

    /// <summary>Its next life may find it in the store.</summary>
    private void Forget()
    {
        foreach (var waiting in _waiting.Keys)
            Context.Unwatch(waiting);
        _waiting.Clear();
        _record = null;
        Become(() =>
        {
            Receive<MoveRecord>(_ => Context.Stop(Self));
            Receive<IRecordCommand>(command => _tools.Records().Forward(command));
            Receive<INoSerializationVerificationNeeded>(_ => { });
        });
        Leave();
    }

    /// <summary>Stops as a sharded entity has to: what comes meanwhile is kept for its next life, and a goal that came in the last moment moves there.</summary>
    private void Leave() => Context.Parent.Tell(new Passivate(MoveRecord.ToItsNextLife));

    private void Index() => _tools.Index.Tell(new IndexedRecord(
        new ListedGoal(_record!.Goal.Id, _record.AcceptedAt), _record.Owner, _record.State, _record.Goal.Labels));

    private sealed record NothingCame(GoalId Goal) : INoSerializationVerificationNeeded
    {
        public static readonly object Key = new();
    }

    /// <summary>One who waited may be gone, and has not asked again.</summary>
    private sealed record NotBack(Interest Interest) : INoSerializationVerificationNeeded;

    private sealed class RaceDue : INoSerializationVerificationNeeded
    {
        public static readonly RaceDue Instance = new();
    }

    private sealed class RaceAgain : INoSerializationVerificationNeeded
    {
        public static readonly RaceAgain Instance = new();
    }
}

/// <summary>Stop here; the record goes on.</summary>
internal sealed class MoveRecord : INoSerializationVerificationNeeded
{
    /// <summary>What a shard tells its records when it moves.</summary>
    public static readonly MoveRecord Elsewhere = new();

    /// <summary>What a record is told that was about to stop, having nothing to keep: a goal may have come in the last moment.</summary>
    public static readonly MoveRecord ToItsNextLife = new();
}

/// <summary>The goal was settled long enough ago, or too many have been settled since.</summary>
internal sealed class ForgetRecord : INoSerializationVerificationNeeded
{
    public static readonly ForgetRecord Instance = new();
}
