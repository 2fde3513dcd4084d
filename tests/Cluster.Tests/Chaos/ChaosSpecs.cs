using System.Globalization;
using Xunit.Abstractions;

namespace ProverCluster.Tests.Chaos;

/// <summary>
/// Nodes crash, drain, are cut off and join at random while goals are raced. A schedule is named by its seed, which is printed when it fails;
/// PROVER_CLUSTER_CHAOS_SEED=seed runs that one alone.
/// </summary>
[Collection("cluster")]
public sealed class ChaosSpecs(ITestOutputHelper output)
{
    private const string SeedVariable = "PROVER_CLUSTER_CHAOS_SEED";

    [Fact]
    public Task Every_goal_settles_once_and_rightly_whatever_becomes_of_the_nodes() => RunAsync(Enumerable.Range(1, 6));

    [StressFact]
    public Task Every_goal_settles_once_and_rightly_whatever_becomes_of_the_nodes_in_200_schedules() => RunAsync(Enumerable.Range(1, 200));

    private async Task RunAsync(IEnumerable<int> seeds)
    {
        var sum = new ChaosFigures();
        var failures = new List<string>();
        if (Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } one)
            seeds = [int.Parse(one, CultureInfo.InvariantCulture)];
        foreach (var seed in seeds)
        {
            try
            {
                var figures = await ChaosSchedule.RunAsync(seed);
                output.WriteLine($"seed {seed}: {figures}");
                sum.Add(figures);
            }
            catch (Exception failure)
            {
                failures.Add($"{SeedVariable}={seed}: {failure}");
            }
        }

        output.WriteLine($"figures: chaos: {sum}");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }
}
