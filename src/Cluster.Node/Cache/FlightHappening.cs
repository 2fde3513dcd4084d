using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Cache;

/// <summary>All that can happen to a flight: a closed set.</summary>
internal abstract record FlightHappening
{
    private FlightHappening()
    {
    }

    /// <summary>A goal wants an answer, or asks again.</summary>
    /// <param name="Goal">The goal.</param>
    /// <param name="Source">The address of the node that has its text.</param>
    /// <param name="Left">What is left of its deadline.</param>
    /// <param name="IsAgain">Whether whoever asks waits for it already: that takes no withdrawal back.</param>
    public sealed record Boarded(Goal Goal, string Source, TimeSpan Left, bool IsAgain = false) : FlightHappening;

    /// <summary>A goal is given up, or nobody waits for it any more.</summary>
    /// <param name="Goal">Which.</param>
    /// <param name="Reason">In words.</param>
    /// <param name="IsGone">Whether nobody is there to be told.</param>
    public sealed record Departed(GoalId Goal, string Reason, bool IsGone) : FlightHappening;

    /// <summary>A goal's time is up.</summary>
    public sealed record DeadlinePassed(GoalId Goal) : FlightHappening;

    /// <summary>The cache was asked.</summary>
    /// <param name="Hit">What it has; null if that is nothing, or if it does not work now.</param>
    public sealed record LookedUp(CacheHit? Hit) : FlightHappening;

    /// <summary>A race told something.</summary>
    /// <param name="Race">Its number.</param>
    /// <param name="Event">What.</param>
    public sealed record Told(int Race, IGoalEvent Event) : FlightHappening;

    /// <summary>There is no such race any more, and none can be had.</summary>
    public sealed record RaceFailed(int Race, string Why) : FlightHappening;

    /// <summary>What was to be kept contradicts what was there: nobody is given it any more.</summary>
    public sealed record Contradicted : FlightHappening;

    /// <summary>The verdict was put into the cache, or could not be; or everything is done that a contradiction asks for.</summary>
    public sealed record Kept : FlightHappening;

    /// <summary>Another node hands over the race that was under way.</summary>
    public sealed record Resumed(Goal Race, string Source, TimeSpan Age, TimeSpan Had) : FlightHappening;

    /// <summary>Nobody has come for what another node had handed over, or is there who had asked.</summary>
    public sealed record NobodyCame : FlightHappening;
}

/// <summary>What the actor does for a flight. A closed set.</summary>
internal abstract record FlightEffect
{
    private FlightEffect()
    {
    }

    /// <summary>Ask the cache; then <see cref="FlightHappening.LookedUp"/> happens.</summary>
    /// <param name="Goal">Who asks first, for the log.</param>
    public sealed record LookUp(GoalId Goal) : FlightEffect;

    /// <summary>Have this race raced, and none before it any more.</summary>
    /// <param name="What">Which.</param>
    /// <param name="IsAnew">Whether the same goal was raced for before, whose coordinator is to be gone first.</param>
    public sealed record Race(FlightRace What, bool IsAnew) : FlightEffect;

    /// <summary>The race's text is elsewhere now.</summary>
    public sealed record MoveText(string Source) : FlightEffect;

    /// <summary>Give the race up; its end is still to be told.</summary>
    public sealed record Withdraw(string Reason) : FlightEffect;

    /// <summary>Tell this to those who wait for the goal.</summary>
    public sealed record Tell(IGoalEvent Event) : FlightEffect;

    /// <summary>Tell those who wait for the goal that there is no answer.</summary>
    public sealed record Fail(GoalId Goal, string Why) : FlightEffect;

    /// <summary>Put the verdict into the cache; then <see cref="FlightHappening.Kept"/> happens.</summary>
    /// <param name="Goal">Whose race it was.</param>
    /// <param name="Language">What the goal is written in.</param>
    /// <param name="Verdict">With where it comes from.</param>
    public sealed record Keep(GoalId Goal, GoalLanguage Language, CacheHit Verdict) : FlightEffect;

    /// <summary>Two provers contradict each other: whatever the cache has of this text is not to be trusted. Then <see cref="FlightHappening.Kept"/> happens.</summary>
    /// <param name="Goal">Whose race has shown it.</param>
    /// <param name="Words">How.</param>
    public sealed record Evict(GoalId Goal, string Words) : FlightEffect;

    /// <summary>There is nothing more to do.</summary>
    public sealed record Finish : FlightEffect;
}

/// <summary>A verdict as it is given away again.</summary>
/// <param name="Verdict">A decisive one.</param>
/// <param name="Provenance">Where it comes from.</param>
internal sealed record CacheHit(Verdict Verdict, VerdictProvenance Provenance);
