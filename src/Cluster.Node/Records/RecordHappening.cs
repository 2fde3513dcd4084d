using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Records;

namespace ProverCluster.Node.Records;

/// <summary>All that can happen to a goal's record: a closed set.</summary>
internal abstract record RecordHappening
{
    private RecordHappening()
    {
    }

    /// <summary>Somebody joins; whether it is the same goal was seen by <see cref="GoalRecord.IsSame"/>.</summary>
    public sealed record Joined(Interest Interest) : RecordHappening;

    /// <summary>Whoever waited waits no more.</summary>
    public sealed record Left(Interest Interest) : RecordHappening;

    /// <summary>A caller gives the goal up.</summary>
    public sealed record GivenUp(Caller Who, string? Follower = null) : RecordHappening;

    /// <summary>Nobody has come for a goal that another node had handed over.</summary>
    public sealed record NobodyCame : RecordHappening;

    /// <summary>The race told something.</summary>
    public sealed record Told(IGoalEvent Event) : RecordHappening;

    /// <summary>Its text is no goal.</summary>
    public sealed record Rejected(string Why) : RecordHappening;

    /// <summary>This answer stands, whatever becomes of the node.</summary>
    public sealed record Kept(GoalAnswer Answer) : RecordHappening;

    /// <summary>There is no race any more, and none can be had.</summary>
    public sealed record RaceLost(string Why, TimeSpan At) : RecordHappening;

    /// <summary>The same goal's earlier record arrives from another node.</summary>
    public sealed record Adopted(RecordState State) : RecordHappening;
}

/// <summary>What the actor does for a record. A closed set.</summary>
internal abstract record RecordEffect
{
    private RecordEffect()
    {
    }

    /// <summary>Have it raced; anew, if it was before.</summary>
    public sealed record Race(bool IsAnew) : RecordEffect;

    /// <summary>Give the race up.</summary>
    public sealed record Withdraw(string Reason) : RecordEffect;

    /// <summary>Keep the answer, before anybody hears of it.</summary>
    public sealed record Keep(GoalAnswer Answer) : RecordEffect;

    /// <summary>There is one more event, for whoever reads them.</summary>
    public sealed record Announce : RecordEffect;

    /// <summary>The goal is settled: those who wait hear the answer, and the record is kept for a while.</summary>
    public sealed record Finish : RecordEffect;
}
