using System.Collections.Immutable;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Node.Nodes;

/// <summary>
/// Who has the slots of a node and which goals wait for one, as a value. Of the waiting goals the one of the lowest <see cref="SlotRank"/> is served first,
/// of equals the one that waits longest: every waiting goal gets its first run before another gets its second.
/// </summary>
/// <param name="Slots">How many runs at once.</param>
/// <param name="Limit">How many goals may wait.</param>
internal sealed record SlotQueue(int Slots, int Limit)
{
    private ImmutableHashSet<RunId> Running { get; init; } = [];

    private ImmutableSortedDictionary<long, SlotGrant> Grants { get; init; } = ImmutableSortedDictionary<long, SlotGrant>.Empty;

    private ImmutableSortedSet<WaitingGoal> Waiting { get; init; } = [];

    private ImmutableDictionary<GoalId, WaitingGoal> ByGoal { get; init; } = ImmutableDictionary<GoalId, WaitingGoal>.Empty;

    private long Last { get; init; }

    public int RunningCount => Running.Count;

    public int WaitingCount => Waiting.Count;

    /// <summary>Slots that nobody has and that are promised to nobody.</summary>
    public int Free => Slots - Running.Count - Grants.Count;

    /// <summary>Whether a run may begin now: in a slot that was granted to its goal, whether or not it knows of that, or in a free one.</summary>
    public bool HasSlotFor(RunId run) => GrantOf(run.Goal, run.Incarnation) is not null || Free > 0;

    /// <summary>Gives a run its slot. The caller asks <see cref="HasSlotFor"/> first.</summary>
    public SlotQueue Occupy(RunId run) => this with
    {
        Running = Running.Add(run),
        Grants = GrantOf(run.Goal, run.Incarnation) is { } grant ? Grants.Remove(grant.Number) : Grants,
    };

    /// <summary>Nothing of the run is alive any more.</summary>
    public SlotQueue Release(RunId run) => this with { Running = Running.Remove(run) };

    /// <summary>A goal waits, or waits with another rank. Null if as many wait as may.</summary>
    public SlotQueue? Enqueue(GoalId goal, long incarnation, SlotRank rank)
    {
        if (ByGoal.TryGetValue(goal, out var known))
            return Leave(goal).Add(known with { Incarnation = incarnation, Rank = rank });
        if (GrantOf(goal, incarnation) is not null)
            return this;
        return Waiting.Count >= Limit ? null : (this with { Last = Last + 1 }).Add(new WaitingGoal(rank, Last + 1, goal, incarnation));
    }

    public SlotQueue Leave(GoalId goal) =>
        ByGoal.TryGetValue(goal, out var known) ? this with { Waiting = Waiting.Remove(known), ByGoal = ByGoal.Remove(goal) } : this;

    /// <summary>A free slot for whoever is next; null while there is none, or nobody waits.</summary>
    /// <param name="now">A timestamp, for <see cref="Expired"/>.</param>
    /// <param name="isSilent">Goals that are served only if nobody else waits.</param>
    public (SlotQueue Queue, SlotGrant? Grant) Next(long now, Func<GoalId, bool> isSilent)
    {
        if (Free <= 0 || Waiting.IsEmpty)
            return (this, null);

        var first = Waiting.FirstOrDefault(goal => !isSilent(goal.Goal)) ?? Waiting.Min!;
        var left = Leave(first.Goal);
        var grant = new SlotGrant(Last + 1, first, left.Waiting.IsEmpty ? null : left.Waiting.Min!.Rank, now);
        return (left with { Last = Last + 1, Grants = Grants.Add(grant.Number, grant) }, grant);
    }

    /// <summary>A granted slot is given back. The goal keeps its place in the order if it waits on.</summary>
    public SlotQueue Return(long grant, SlotRank? rank)
    {
        if (!Grants.TryGetValue(grant, out var known))
            return this;

        var without = this with { Grants = Grants.Remove(grant) };
        return rank is { } waits ? without.Add(known.Waiting with { Rank = waits }) : without;
    }

    /// <summary>Grants of a goal that a later life of its coordinator knows nothing of.</summary>
    public SlotQueue ReturnAll(GoalId goal) => this with { Grants = Grants.RemoveRange(Grants.Values.Where(grant => grant.Waiting.Goal == goal).Select(grant => grant.Number)) };

    public IEnumerable<WaitingGoal> Everyone => Waiting;

    /// <summary>Whether the goal waits, or has a slot promised.</summary>
    public bool Knows(GoalId goal) => ByGoal.ContainsKey(goal) || Grants.Values.Any(grant => grant.Waiting.Goal == goal);

    /// <summary>Nobody waits any more.</summary>
    public SlotQueue Empty() => this with { Waiting = Waiting.Clear(), ByGoal = ByGoal.Clear() };

    /// <summary>Grants that were given before a timestamp and neither used nor passed.</summary>
    public IEnumerable<SlotGrant> Expired(long before) => Grants.Values.Where(grant => grant.At < before);

    private SlotGrant? GrantOf(GoalId goal, long incarnation) =>
        Grants.Values.FirstOrDefault(grant => grant.Waiting.Goal == goal && grant.Waiting.Incarnation == incarnation);

    private SlotQueue Add(WaitingGoal goal) => this with { Waiting = Waiting.Add(goal), ByGoal = ByGoal.SetItem(goal.Goal, goal) };
}

/// <param name="Rank">Where it stands.</param>
/// <param name="Order">Of equals, the smaller waits longer.</param>
/// <param name="Goal">Which goal.</param>
/// <param name="Incarnation">Which life of its coordinator asked.</param>
internal sealed record WaitingGoal(SlotRank Rank, long Order, GoalId Goal, long Incarnation) : IComparable<WaitingGoal>
{
    public int CompareTo(WaitingGoal? other) => Rank.CompareTo(other!.Rank) is not 0 and var byRank ? byRank : Order.CompareTo(other.Order);
}

/// <param name="Number">Names the grant on this node.</param>
/// <param name="Waiting">Whose it is.</param>
/// <param name="Next">Who would be served instead.</param>
/// <param name="At">When it was given.</param>
internal sealed record SlotGrant(long Number, WaitingGoal Waiting, SlotRank? Next, long At);
