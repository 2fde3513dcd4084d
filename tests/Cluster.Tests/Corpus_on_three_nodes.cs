using ProverCluster.Corpus;
using ProverCluster.Tests.Chaos;
using Xunit.Abstractions;

namespace ProverCluster.Tests;

/// <summary>The labelled goals with the provers of this machine, raced on three nodes: in peace, and while nodes crash, drain, are cut off and join.</summary>
[Collection("cluster")]
public sealed class Corpus_on_three_nodes(ITestOutputHelper output)
{
    private const int All = 300;

    /// <summary>Of a deadline that would do for the hardest goals too, a few would take up the time of the whole run.</summary>
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(40);

    /// <summary>What a goal may lose to nodes that crash or are cut off, perhaps two in turn: until each is given up, and what it had is begun anew elsewhere.</summary>
    private static readonly TimeSpan s_lost = Busy.Allow(TimeSpan.FromSeconds(24));

    [CorpusFact]
    public Task A_sample_of_the_labelled_goals_gets_the_verdicts_that_one_node_alone_comes_to() => RaceAsync(60, s_short, TimeSpan.FromSeconds(20));

    [CorpusStressFact]
    public Task All_300_labelled_goals_get_the_verdicts_that_one_node_alone_comes_to() => RaceAsync(All, s_long, TimeSpan.MaxValue);

    [CorpusFact]
    public Task A_sample_of_them_gets_the_same_verdicts_whatever_becomes_of_the_nodes() => RaceUnderFaultsAsync(24, seed: 1, s_short, s_lost);

    [CorpusStressFact]
    public async Task All_300_of_them_get_the_same_verdicts_whatever_becomes_of_the_nodes()
    {
        foreach (var seed in Seeds.WantedOr([2]))
            await RaceUnderFaultsAsync(All, seed, s_long, 2 * s_lost);
    }

    private async Task RaceAsync(int goals, TimeSpan time, TimeSpan budget)
    {
        await using var cluster = await TestCluster.StartAsync(3, CorpusRace.Slots);
        var race = new CorpusRace(cluster, time);
        await race.RunAsync(CorpusRace.Goals(goals), budget);
        await cluster.AssertNothingIsLeftAsync();
        Assert.Equal(3, race.Nodes);
        if (goals == All)
            AssertAll(race);
        await race.JudgeAsync(output, "corpus on three nodes");
    }

    private async Task RaceUnderFaultsAsync(int goals, int seed, TimeSpan time, TimeSpan lost)
    {
        var random = new Random(seed);
        await using var cluster = await TestCluster.StartAsync(3, CorpusRace.Slots);
        var faults = new Faults(cluster, random, mostNodes: 4);
        await using var watch = new ProcessWatch(cluster, faults.WasCutOff);
        var race = new CorpusRace(cluster, time, lost);
        try
        {
            var raced = race.RunAsync(CorpusRace.Goals(goals), TimeSpan.MaxValue, goal => watch.Settled(goal.Id));
            while (await Task.WhenAny(raced, Task.Delay(TimeSpan.FromSeconds(0.2 + random.NextDouble()))) != raced)
                await faults.HappenAsync();
            await raced;
            await faults.EndAsync();
            await cluster.KnowEachOtherAsync();
            await cluster.AssertNothingIsLeftAsync();
            await watch.DisposeAsync();
            watch.Judge();
            output.WriteLine($"figures: corpus under faults: {string.Join(", ", faults.Counts.Select(each => $"{each.Value} {each.Key}"))}");
            if (goals == All)
                AssertAll(race);
            await race.JudgeAsync(output, "corpus under faults", faults);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{Seeds.Variable}={seed}: {failure.Message}\n{string.Join('\n', faults.Log)}", failure);
        }
    }

    private static void AssertAll(CorpusRace race) =>
        Assert.True(race.Answers.Count() >= All, $"only {race.Answers.Count()} goals were raced, and not {All}: where a language has no prover, its goals are left out");
}
