using System.Collections.Concurrent;
using ProverCluster.Client.Tests.World;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests;

/// <summary>Many goals while connections are cut all the time and a node dies: every goal has its own verdict, once.</summary>
public sealed class Storms
{
    private const int Cuts = 20_000;

    private static readonly int Goals = Stress.Count(60, 600);

    [Fact]
    public async Task Every_goal_has_one_result_and_it_is_its_own()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 3, options => options with
        {
            Time = TimeProvider.System,
            Parallel = Goals,
            FirstBackoff = TimeSpan.FromMilliseconds(1),
            LongestBackoff = TimeSpan.FromMilliseconds(20),
        });
        world.Cluster.Race = goal => goal.Begin();
        var settled = new ConcurrentDictionary<string, int>();
        var proving = Enumerable.Range(0, Goals)
            .Select(number => world.Prover.ProveAsync(ClientWorld.Goal with { Name = number.ToString() }, progress: new Counter(settled)))
            .ToList();

        var settling = new ConcurrentBag<string>();
        for (var round = 0; settling.Count < Goals; round++)
        {
            // On a slow machine whoever cuts may be faster than all who call: a storm passes.
            if (round < Cuts) world.Nodes[round % 3].Cut();
            if (round == 20) await world.Nodes[1].KillAsync();
            foreach (var goal in world.Cluster.Goals.Values.Where(goal => !settling.Contains(goal.Id.Value)).Take(2))
            {
                settling.Add(goal.Id.Value);
                goal.Settle(int.Parse(goal.View.Name) % 2 == 0 ? Verdict.Proved : Verdict.Refuted);
            }

            await Task.Yield();
        }

        var results = await Task.WhenAll(proving).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.All(results, result => Assert.Equal(int.Parse(result.Name) % 2 == 0 ? Verdict.Proved : Verdict.Refuted, result.Verdict));
        Assert.Equal(Goals, results.Select(result => result.Id).Distinct().Count());
        Assert.Equal(Goals, world.Cluster.Goals.Count);
        Assert.All(settled.Values, times => Assert.Equal(1, times));
        Assert.Equal(Goals, settled.Count);
    }

    private sealed class Counter(ConcurrentDictionary<string, int> settled) : IProgress<RaceEvent>
    {
        public void Report(RaceEvent value)
        {
            if (value is RaceEvent.Settled) settled.AddOrUpdate(value.Goal.Value, 1, (_, times) => times + 1);
        }
    }
}
