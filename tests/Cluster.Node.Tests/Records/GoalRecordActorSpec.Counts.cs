using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Tests.Records;

/// <summary>A goal is counted once: by the coordinator of its race, and by its record where it had none of its own.</summary>
public sealed partial class GoalRecordActorSpec
{
    [Fact]
    public void A_goal_that_was_raced_for_should_be_left_to_its_coordinator() => Assert.Empty(CountsAfter(Story.Accepted, Story.Settled()));

    [Fact]
    public void A_goal_that_shared_a_race_should_be_counted_as_such_and_once()
    {
        var settled = Story.Settled();
        var shared = settled with { Answer = settled.Answer with { Origin = new AnswerOrigin(IsCached: false, null) } };
        Assert.Equal(["source=\"shared\",verdict=\"proved\"} 1"], CountsAfter(Story.Accepted, shared, shared));
    }

    [Fact]
    public void A_verdict_from_the_cache_should_be_counted_as_such()
    {
        var settled = Story.Settled();
        Assert.Equal(
            ["source=\"cache\",verdict=\"proved\"} 1"],
            CountsAfter(Story.Accepted with { Incarnation = 0 }, settled with { Answer = settled.Answer with { Runs = [], Origin = new AnswerOrigin(IsCached: true, null) } }));
    }

    [Fact]
    public void A_goal_that_ended_before_it_was_raced_for_should_be_counted_as_of_no_race()
    {
        var settled = Story.Settled(Verdict.Unknown);
        Assert.Equal(["source=\"none\",verdict=\"unknown\"} 1"], CountsAfter(settled with { Answer = settled.Answer with { Winner = null, Runs = [] } }));
    }

    /// <summary>What the record has counted once the goal is settled.</summary>
    private IReadOnlyList<string> CountsAfter(params IGoalEvent[] told)
    {
        const string Counter = "prover_cluster_goals_total{";
        using var reading = new MetricsReading(_metrics);
        var (waiter, _) = Wait();
        Race();
        Tell(told);
        waiter.ExpectMsg<RecordEvents.Shown>(shown => shown.View.Answer is not null);
        return [.. reading.Text().Split('\n').Where(line => line.StartsWith(Counter, StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal)).Select(line => line[Counter.Length..])];
    }
}
