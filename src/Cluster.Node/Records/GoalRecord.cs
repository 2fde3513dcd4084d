using System.Collections.Immutable;
using ProverCluster.Messages;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Records;

/// <summary>
/// What the cluster keeps of one goal that came over a public interface, as a value: whose it is, who is interested in it, and its story in numbered events. Who
/// joins, what the end of an interest means, and what is told of a race that is begun anew is decided here and nowhere else.
/// </summary>
internal sealed record GoalRecord
{
    public const string NobodyInterested = "nobody is interested in it any more";

    private GoalRecord(Goal goal, string owner, long acceptedAt) => (Goal, Owner, AcceptedAt) = (goal, owner, acceptedAt);

    public Goal Goal { get; }

    public string Owner { get; }

    /// <summary>In milliseconds of Unix time.</summary>
    public long AcceptedAt { get; }

    /// <summary>The event of number n stands at n - 1. There are few by nature: at most two for each run, and three.</summary>
    public ImmutableArray<IGoalEvent> Events { get; private init; } = [];

    public ImmutableHashSet<Interest> Interests { get; private init; } = [];

    /// <summary>Whether the race was asked to end.</summary>
    public bool IsWithdrawn { get; private init; }

    /// <summary>What the answer will be as soon as it is kept: nobody hears of it before. Null as long as the goal is raced, and when it is settled.</summary>
    public GoalAnswer? Ending { get; private init; }

    public GoalAnswer? Answer => Events is [.., GoalEvents.Settled settled] ? settled.Answer : null;

    public bool IsSettled => Answer is not null;

    public GoalState State => View.State;

    public RecordView View => new(
        Goal,
        Events.OfType<GoalEvents.Decided>().FirstOrDefault(),
        IsSettled ? [] : [.. Events.OfType<GoalEvents.RunEnded>().Select(ended => ended.Row)],
        Answer,
        IsWithdrawn && Interests.IsEmpty,
        AcceptedAt);

    /// <summary>A goal that is new here.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="acceptedAt">In milliseconds of Unix time.</param>
    /// <param name="interest">For whose sake.</param>
    public static RecordStep Accept(Goal goal, string owner, long acceptedAt, Interest interest) =>
        new(new GoalRecord(goal, owner, acceptedAt) { Interests = [interest] }, [new RecordEffect.Race(IsAnew: false)]);

    /// <summary>A record that another node hands over, or that was stored. Those who only waited there come back by themselves.</summary>
    public static RecordStep Restore(RecordState state)
    {
        var record = new GoalRecord(state.What, state.Owner, state.AcceptedAt)
        {
            Events = [.. state.Told],
            Interests = [.. state.Interested.Select(owner => new Interest.Standing(owner))],
            IsWithdrawn = state.IsWithdrawn,
        };
        return new RecordStep(record, [record.IsSettled ? new RecordEffect.Finish() : new RecordEffect.Race(IsAnew: false)]);
    }

    /// <summary>As another node can go on with it.</summary>
    public RecordState Written(string source, TimeSpan age, string? flight = null) => new(
        Goal, source, Owner, age, AcceptedAt, [.. Interests.OfType<Interest.Standing>().Select(standing => standing.Owner).Order(StringComparer.Ordinal)], IsWithdrawn, Events, flight);

    /// <summary>Whether that is this goal once more: the same text, language and options under the same id.</summary>
    public bool IsSame(Goal other) =>
        Goal.Backends.SequenceEqual(other.Backends)
        && Goal.Labels.Count == other.Labels.Count && Goal.Labels.All(label => other.Labels.TryGetValue(label.Key, out var text) && text == label.Value)
        && Goal == other with { Backends = Goal.Backends, Labels = Goal.Labels };

    /// <summary>What the record is after something happened, and what to do about it. Never throws, whatever happens.</summary>
    public RecordStep On(RecordHappening happening) => happening switch
    {
        RecordHappening.Joined joined => Join(joined.Interest),
        RecordHappening.Left left => Lose(interest => interest == left.Interest),
        RecordHappening.GivenUp given => Lose(interest => interest.EndsWith(given.Who, given.Follower)),
        RecordHappening.NobodyCame => Interests.IsEmpty ? Withdraw() : Same,
        RecordHappening.Told told => Tell(told.Event),
        RecordHappening.Rejected rejected => Settle(Verdict.Rejected, rejected.Why, TimeSpan.Zero),
        RecordHappening.RaceLost lost => Settle(Verdict.Unknown, lost.Why, lost.At),
        RecordHappening.Kept kept => Keep(kept.Answer),
        RecordHappening.Adopted adopted => Adopt(adopted.State),
        _ => Same,
    };

    private RecordStep Same => new(this, []);

    /// <summary>A goal that was given up is raced anew for whoever wants it again: a client that has lost its connection submits it once more.</summary>
    private RecordStep Join(Interest interest)
    {
        var joined = this with { Interests = Interests.Add(interest) };
        return Answer is { Verdict: Verdict.Withdrawn } ? joined.Again() : joined.Same;
    }

    private RecordStep Lose(Func<Interest, bool> isLost)
    {
        var left = this with { Interests = Interests.Except(Interests.Where(isLost)) };
        return left.Interests.IsEmpty && !Interests.IsEmpty ? left.Withdraw() : left.Same;
    }

    private RecordStep Withdraw() => IsSettled || IsWithdrawn || Ending is not null
        ? Same
        : new RecordStep(this with { IsWithdrawn = true }, [new RecordEffect.Withdraw(NobodyInterested)]);

    private RecordStep Tell(IGoalEvent told)
    {
        if (IsSettled || Ending is not null || told is GoalEvents.Moving || Events.Any(known => StoryPart.Of(known) == StoryPart.Of(told)))
            return Same;
        return told is GoalEvents.Settled settled ? End(settled.Answer) : new RecordStep(this with { Events = Events.Add(told) }, [new RecordEffect.Announce()]);
    }

    private RecordStep End(GoalAnswer answer) => IsWantedAgain(answer) ? Again() : new RecordStep(this with { Ending = answer }, [new RecordEffect.Keep(answer)]);

    /// <summary>Whichever answer stands: it need not be the one that was to be kept, if another node was faster.</summary>
    private RecordStep Keep(GoalAnswer answer)
    {
        if (IsSettled)
            return Same;
        if (IsWantedAgain(answer))
            return Again();
        var settled = new GoalEvents.Settled(Goal.Id, answer);
        IGoalEvent[] told = Events.IsEmpty ? [new GoalEvents.Accepted(Goal.Id, 0, []), settled] : [settled];
        return new RecordStep(this with { Events = Events.AddRange(told), Ending = null }, [new RecordEffect.Announce(), new RecordEffect.Finish()]);
    }

    /// <summary>Given up before somebody joined, or while no record was there to wait for it.</summary>
    private bool IsWantedAgain(GoalAnswer answer) => answer.Verdict == Verdict.Withdrawn && !Interests.IsEmpty;

    /// <summary>The story begins once more; what was told of the old one was its end.</summary>
    private RecordStep Again() => new(this with { Events = [], IsWithdrawn = false, Ending = null }, [new RecordEffect.Race(IsAnew: true)]);

    private RecordStep Settle(Verdict verdict, string reason, TimeSpan at) => IsSettled || Ending is not null
        ? Same
        : End(new GoalAnswer(Goal.Id, Goal.Name, verdict, null, null, null, at, WordLimits.Cut(reason, WordLimits.Reason), [], null));

    /// <summary>
    /// A submission may be faster than a record on its way here. An answer is not raced for again; else the race is the same. What is another owner's, or another goal,
    /// is not joined: it would have been a conflict.
    /// </summary>
    private RecordStep Adopt(RecordState state)
    {
        if (!IsSame(state.What) || state.Owner != Owner)
            return Same;
        var adopted = Restore(state).Record;
        var joined = this with { Interests = Interests.Union(adopted.Interests) };
        return !IsSettled && adopted.Answer is { Verdict: not Verdict.Withdrawn }
            ? new RecordStep(joined with { Events = adopted.Events, Ending = null }, [new RecordEffect.Announce(), new RecordEffect.Finish()])
            : joined.Same;
    }
}

/// <summary>A record after something happened, and what is to be done about it, in that order.</summary>
internal sealed record RecordStep(GoalRecord Record, ImmutableArray<RecordEffect> Effects);
