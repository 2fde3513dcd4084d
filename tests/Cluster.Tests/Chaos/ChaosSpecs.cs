using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit.Abstractions;

namespace ProverCluster.Tests.Chaos;

/// <summary>
/// Nodes crash, drain, are cut off and join, and links are slow, at random while goals are raced: puppets', since 300 of the corpus in each of 200 schedules would be 60,000 races of
/// 0.6 s on two processors. Those go through one long schedule, or through more that are asked for (<see cref="Seeds"/>), in <see cref="Corpus_on_three_nodes"/>.
/// </summary>
[Collection("cluster")]
public sealed class ChaosSpecs(ITestOutputHelper output)
{
    [Fact]
    public Task Every_goal_settles_once_and_rightly_whatever_becomes_of_the_nodes() => RunAsync(Enumerable.Range(1, 2));

    [StressFact]
    public Task Every_goal_settles_once_and_rightly_whatever_becomes_of_the_nodes_in_200_schedules() => RunAsync(Enumerable.Range(1, 200));

    private async Task RunAsync(IEnumerable<int> seeds)
    {
        var sum = new ChaosFigures();
        var failures = new ConcurrentQueue<string>();
        var clock = Stopwatch.StartNew();
        // Much of a schedule is waiting: until a silence is long enough to count.
        await Parallel.ForEachAsync(Seeds.WantedOr(seeds), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, _) =>
        {
            try
            {
                var figures = await ChaosSchedule.RunAsync(seed);
                lock (sum)
                    sum.Add(figures);
                output.WriteLine($"seed {seed}: {figures}");
            }
            catch (Exception failure)
            {
                failures.Enqueue($"{Seeds.Variable}={seed}: {failure}");
            }
        });

        output.WriteLine(FormattableString.Invariant($"figures: chaos: {sum} in {clock.Elapsed.TotalSeconds:0} s"));
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
        if (sum["schedules"] < 100)
            return;
        // An answer that nobody has heard of is an exception, also where nodes come and go.
        Assert.True(sum["settled by two"] <= sum["schedules"] / 4, $"{sum["settled by two"]} goals were settled by two");
        // Chance is fair to all of them: a kind that is hardly there does not happen for another reason.
        Assert.All(Faults.Kinds, kind => Assert.True(sum[kind] >= sum["schedules"] / 40, $"only {sum[kind]} {kind}"));
    }
}
