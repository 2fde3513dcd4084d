using System.Text;
using Akka.Actor;
using Akka.Event;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Records;

/// <summary>The part of the record's actor that is about what outlives it: a goal is looked for in the store, and its answer is kept there.</summary>
internal sealed partial class GoalRecordActor
{
    /// <summary>How long after the store did not take an answer it is asked again.</summary>
    internal static readonly TimeSpan KeepAgain = TimeSpan.FromSeconds(1);

    /// <summary>How long whoever asks for an answer waits for what the store says about it.</summary>
    internal static readonly TimeSpan DoubtPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether a client submits the goal that is looked for.</summary>
    private bool _isSubmitted;

    private bool _isLookedUp;
    private bool _hasComplained;

    private void OnRecover(RecordCommands.Recover recover)
    {
        Stash.Stash();
        Find(recover.Goal);
    }

    private void Find(GoalId goal)
    {
        Become(() =>
        {
            Receive<RecordCommands.Submit>(_ => _isSubmitted, _ => Stash.Stash());
            Receive<RecordCommands.Submit>(OnFirstSubmit);
            Receive<RecordCommands.Adopt>(OnFirstAdopt);
            Receive<MoveRecord>(_ => Context.Stop(Self));
            Receive<GoalFound>(OnFound);
            Receive<NotStored>(failed =>
            {
                _isLookedUp = true;
                BeNone(command => new RecordEvents.Unavailable(command.Goal, failed.Why!));
            });
            Receive<IRecordCommand>(_ => Stash.Stash());
            Receive<INoSerializationVerificationNeeded>(_ => { });
        });
        _tools.GoalStore.FindAsync(goal).PipeTo(Self, success: found => new GoalFound(found), failure: NotStored.Because);
    }

    /// <summary>Whether it is there will be asked again when nothing else has come.</summary>
    private void Peek(GoalId goal) => _tools.GoalStore.FindAsync(goal).PipeTo(Self, success: found => new GoalPeeked(found), failure: _ => new GoalPeeked(null));

    private void OnFound(GoalFound found)
    {
        _isLookedUp = true;
        if (found.Goal is not { } goal)
            BeNone(command => new RecordEvents.Unknown(command.Goal));
        else if (goal.Answer is null && goal.Left > TimeSpan.Zero && !IsRoomFor(goal.What))
            BeNone(command => WithoutRoom(command, goal));
        else
            Return(goal);
    }

    /// <summary>It waits in the store, and can be looked at there: nobody who only asks brings more to work than there is room for.</summary>
    private static IRecordEvent WithoutRoom(IRecordCommand command, StoredGoal goal) => command switch
    {
        RecordCommands.Recover => new RecordEvents.Full(command.Goal),
        RecordCommands.Show show when !show.Who.Sees(goal.Owner) => new RecordEvents.Unknown(command.Goal),
        RecordCommands.Show => new RecordEvents.Shown(GoalRecord.Restore(StateOf(goal)).Record.View),
        _ => new RecordEvents.Unavailable(command.Goal, "it is in the store until there is room for it"),
    };

    /// <summary>It was accepted before, so that whoever submits it again is not refused; what only is to be recovered can wait in the store.</summary>
    private bool IsRoomFor(Goal goal)
    {
        if (_isSubmitted)
            _tools.Open.Take(goal.Text.Bytes);
        else if (!_tools.Open.TryTake(goal.Text.Bytes))
            return false;
        _open = goal.Text.Bytes;
        return true;
    }

    private void Return(StoredGoal goal)
    {
        Begin("", goal.What.Limits.Timeout - goal.Left);
        (_isStored, _isAccepted, _isStandingKept) = (true, true, goal.Stands);
        var step = GoalRecord.Restore(StateOf(goal));
        if (step.Record.IsSettled || goal.Left > TimeSpan.Zero)
        {
            Take(step);
            AwaitInterest();
        }
        else
        {
            _record = step.Record;
            AnswerItself(new RecordHappening.RaceLost(RaceLost.Late, goal.What.Limits.Timeout));
        }
    }

    /// <summary>The goal is not accepted here, and nobody was told that it is.</summary>
    private void OnNotStored(NotStored refused)
    {
        var goal = _record!.Goal.Id;
        IRecordEvent why = refused.Why is null ? new RecordEvents.Conflict(goal) : new RecordEvents.Unavailable(goal, refused.Why);
        foreach (var submitter in _unaccepted.Union(_waiting.Keys))
            submitter.Tell(why);
        _unaccepted.Clear();
        _readers.End(_record);
        Close();
        EndRace();
        Forget();
    }

    /// <summary>The goal itself is in the store, and its text need not be brought there again.</summary>
    private void KeepStanding()
    {
        var times = _timesGivenUp;
        var goal = new NewGoal(_record!.Goal, null, _record.Owner, Stands: true, _record.AcceptedAt, _record.Goal.Limits.Timeout - Age);
        _tools.GoalStore.AcceptAsync(goal).PipeTo(Self, success: _ => new StandingKept(times), failure: e => new StandingNotKept(NotStored.Because(e).Why!));
    }

    /// <summary>Its provers are on their way out already; whoever is told so is not to find it raced again after a restart.</summary>
    private void KeepGivenUp()
    {
        (_isGivenUpByOwner, _isStandingKept) = (true, false);
        _timesGivenUp++;
        GiveUpAsync(_tools.GoalStore, _record!.View).PipeTo(Sender, Self);
    }

    private static async Task<IRecordEvent> GiveUpAsync(IGoalStore store, RecordView view)
    {
        try
        {
            await store.GiveUpAsync(view.What.Id);
            return new RecordEvents.Shown(view);
        }
        catch (StoreUnavailable trouble)
        {
            return new RecordEvents.Unavailable(view.What.Id, trouble.Message);
        }
    }

    private void OnStandingNotKept(StandingNotKept failed)
    {
        foreach (var submitter in _unaccepted)
            submitter.Tell(new RecordEvents.Unavailable(_record!.Goal.Id, failed.Why));
        _unaccepted.Clear();
    }

    /// <summary>A long output is on this node's shelf, and is to be in the store.</summary>
    private void Keep(GoalAnswer answer)
    {
        var whole = answer.Output is ProverOutput.Kept kept && _tools.Shelf.TryGet(kept.Text, out var output)
            ? answer with { Output = new ProverOutput.Inline(Encoding.UTF8.GetString(output)) }
            : answer;
        _tools.GoalStore.SettleAsync(whole, VerdictText(answer)).PipeTo(Self, success: stands => new AnswerKept(stands?.Answer ?? answer), failure: e => new AnswerNotKept(answer, e.Message));
    }

    private void OnKept(AnswerKept kept)
    {
        var step = _record!.On(new RecordHappening.Kept(kept.Answer));
        var news = _record.IsSettled ? null : step.Record.Answer;
        var source = news is null ? AnswerSource.Race : SourceOf(news);
        // A race is told of by its coordinator. Counted first, so that whoever has heard of it finds it so.
        if (source != AnswerSource.Race)
            _tools.Metrics.CountUnraced(news!, source);
        Take(step);
        if (source != AnswerSource.Race)
            TellUnraced(news!, source);
    }

    /// <summary>A race is one that a coordinator has begun: it says so with its incarnation, or has runs to show.</summary>
    private AnswerSource SourceOf(GoalAnswer answer) =>
        answer.Origin is { IsCached: true } ? AnswerSource.Cache
        : answer.Origin is not null ? AnswerSource.Shared
        : answer.Runs.Count == 0 && (_answersItself || !_record!.Events.OfType<GoalEvents.Accepted>().Any(accepted => accepted.Incarnation != 0)) ? AnswerSource.None
        : AnswerSource.Race;

    private void TellUnraced(GoalAnswer answer, AnswerSource source)
    {
        var log = NodeLog.Of(Context);
        if (log.Tells(LogLevel.InfoLevel))
            log.Tell(LogLines.GoalSettled(answer));
        GoalTrace.Tell(_record!.Goal, answer, _tools.Clock.GetUtcNow() - Age, source);
    }

    private void AnswerItself(RecordHappening happening)
    {
        _answersItself = true;
        Happen(happening);
    }

    private void OnNotKept(AnswerNotKept failed)
    {
        if (!_hasComplained)
            NodeLog.Of(Context).Tell(LogLines.AnswerNotStored(failed.Answer.Id, failed.Why));
        _hasComplained = true;
        Timers.StartSingleTimer(nameof(KeepDue), new KeepDue(failed.Answer), KeepAgain);
    }

    /// <summary>By what an answer from the cache is found when that is contradicted.</summary>
    private string? VerdictText(GoalAnswer answer) => answer.IsCached && FlightName.TryParse(_flight, out var flight) ? flight.Key.Text : null;

    /// <summary>An answer from the cache may have been contradicted since, at another node: the store knows.</summary>
    private void ShowTo(IActorRef asker)
    {
        var view = _record!.View;
        if (view.Answer is { IsCached: true } answer)
            ShowDoubtAsync(_tools, view, answer).PipeTo(asker, Self);
        else
            asker.Tell(new RecordEvents.Shown(view));
    }

    private static async Task<RecordEvents.Shown> ShowDoubtAsync(RecordTools tools, RecordView view, GoalAnswer answer)
    {
        using var patience = new CancellationTokenSource(DoubtPatience, tools.Clock);
        try
        {
            return await tools.GoalStore.FindAsync(view.What.Id, patience.Token).WaitAsync(patience.Token) is { Answer.Origin: { Doubt: not null } origin }
                ? new(view with { Answer = answer with { Origin = origin } })
                : new(view);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What is known here is shown all the same.
            return new(view);
        }
    }

    private static RecordState StateOf(StoredGoal goal) => new(
        goal.What,
        "",
        goal.Owner,
        goal.What.Limits.Timeout - goal.Left,
        goal.AcceptedAt,
        goal.Stands ? [goal.Owner] : [],
        IsWithdrawn: false,
        goal.Answer is { } answer ? [new GoalEvents.Accepted(goal.What.Id, 0, []), new GoalEvents.Settled(goal.What.Id, answer)] : []);

    /// <param name="Goal">Null if the store does not know it.</param>
    private sealed record GoalFound(StoredGoal? Goal) : INoSerializationVerificationNeeded;

    private sealed record GoalPeeked(StoredGoal? Goal) : INoSerializationVerificationNeeded;

    private sealed record AnswerKept(GoalAnswer Answer) : INoSerializationVerificationNeeded;

    private sealed record AnswerNotKept(GoalAnswer Answer, string Why) : INoSerializationVerificationNeeded;

    private sealed record KeepDue(GoalAnswer Answer) : INoSerializationVerificationNeeded;

    /// <param name="TimesGivenUp">How often the owner had given the goal up before.</param>
    private sealed record StandingKept(int TimesGivenUp) : INoSerializationVerificationNeeded;

    private sealed record StandingNotKept(string Why) : INoSerializationVerificationNeeded;
}
