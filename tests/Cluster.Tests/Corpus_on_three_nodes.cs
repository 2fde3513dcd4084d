using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Corpus;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using Xunit.Abstractions;

namespace ProverCluster.Tests;

/// <summary>The labelled goals with the provers of this machine, raced on three nodes.</summary>
[Collection("cluster")]
public sealed class Corpus_on_three_nodes(ITestOutputHelper output)
{
    private const int AtOnce = 4;

    /// <summary>Of a deadline that would do for the hardest goals too, a few would take up the time of the whole run.</summary>
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(40);

    [CorpusFact]
    public Task A_sample_of_the_labelled_goals_gets_no_wrong_verdict_and_mostly_the_right_one() => RaceAsync(Shuffled(60), s_short, TimeSpan.FromSeconds(20));

    [CorpusStressFact]
    public Task All_300_labelled_goals_get_no_wrong_verdict_and_mostly_the_right_one() => RaceAsync(Shuffled(300), s_long, TimeSpan.MaxValue);

    private static IEnumerable<LabelledGoal> Shuffled(int count)
    {
        var random = new Random(1);
        return CorpusFolder.Sample(count, seed: 30).Where(goal => Racing.Backends(goal.Language).Count > 0).OrderBy(_ => random.Next());
    }

    private async Task RaceAsync(IEnumerable<LabelledGoal> goals, TimeSpan timeout, TimeSpan budget)
    {
        await using var cluster = await TestCluster.StartAsync(3, "prover-cluster.slots = 2");
        var (tally, clock, nodes) = (new Tally(), Stopwatch.StartNew(), new ConcurrentDictionary<string, int>());
        await Parallel.ForEachAsync(goals.TakeWhile(_ => clock.Elapsed < budget), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (goal, _) =>
        {
            var answer = await cluster.Submit(Labelled(cluster, goal, goal.Read(), timeout), goal.Read()).Answer;
            lock (tally)
                tally.Add(goal, Tally.Race, answer);
            foreach (var row in answer.Runs.Where(row => row.Times.Started is not null))
                nodes.AddOrUpdate(row.Node!, 1, (_, count) => count + 1);
        });

        tally.Print(output, "corpus on three nodes");
        output.WriteLine($"figures: corpus on three nodes: {string.Join(", ", nodes.Values)} runs on its nodes, in {clock.Elapsed.TotalSeconds:0} s");
        Assert.Empty(tally.All(Mark.Wrong));
        Assert.Empty(tally.All(Mark.Disagreed));
        Assert.Empty(tally.All(Mark.Rejected));
        Assert.Equal(3, nodes.Count);
        var right = tally.Goals(Tally.Race, Mark.Right).Count();
        var raced = tally.Goals(Tally.Race, Enum.GetValues<Mark>()).Count();
        Assert.True(right >= raced * 8 / 10, $"{right} of {raced} goals were decided");
        await cluster.AssertNothingIsLeftAsync();
    }

    private static Goal Labelled(TestCluster cluster, LabelledGoal goal, GoalDocument document, TimeSpan timeout) => new(
        cluster.NextId(),
        goal.Name,
        goal.Language,
        TextDigest.Of(document.Text.Span),
        new GoalLimits(timeout, null, null, 1L << 30, 64 << 20),
        Strategy.Speculative,
        [],
        KeepOutput: false,
        new Dictionary<string, string>());
}
