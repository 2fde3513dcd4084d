using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Tests.Chaos;

/// <summary>One schedule: goals come, faults happen, and when both are over nothing is left of the goals but their answers.</summary>
internal static class ChaosSchedule
{
    private const int Nodes = 5;
    private const int Goals = 40;

    public static async Task<ChaosFigures> RunAsync(int seed)
    {
        // Goals and faults do not share one source of chance: which goals there are does not depend on how far the faults have come. A seed's sign counts for nothing.
        var (clock, forGoals, forFaults) = (Stopwatch.StartNew(), new Random(seed), new Random(seed + 1_000_000));
        await using var cluster = await TestCluster.StartAsync(Nodes, "prover-cluster.slots = 2", ChaosGoals.Entries);
        var faults = new Faults(cluster, forFaults);
        await using var watch = new ProcessWatch(cluster, faults.WasCutOff);
        var stuck = new ConcurrentQueue<string>();
        try
        {
            var faulty = KeepHappeningAsync(faults, forFaults);
            var answers = await Task.WhenAll(await SubmitAsync(cluster, watch, stuck, forGoals));
            await faulty;
            await faults.EndAsync();
            await JudgeAsync(cluster, watch, new Losses(faults.WasDrained), answers);
            var settledByTwo = cluster.Settlements.Judge([.. answers.Select(each => each.Goal)], faults.MayBeUnheard);
            return ChaosFigures.Of(answers.Select(each => (each.Goal, each.Answer)), faults.Counts, settledByTwo, watch, clock.Elapsed);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{failure.Message}\n{string.Join('\n', faults.Log.Concat(stuck).Concat(cluster.Settlements.Stories))}", failure);
        }
    }

    private static async Task JudgeAsync(TestCluster cluster, ProcessWatch watch, Losses losses, (SubmittedGoal Goal, GoalAnswer Answer, Verdict Label)[] answers)
    {
        var wrong = answers.Select(each => ChaosGoals.Fault(each.Goal, each.Answer, each.Label, losses)).OfType<string>().ToArray();
        Assert.True(wrong.Length == 0, string.Join("; ", wrong));
        await cluster.KnowEachOtherAsync();
        await cluster.AssertNothingIsLeftAsync();
        await watch.DisposeAsync();
        watch.Judge();
    }

    private static async Task KeepHappeningAsync(Faults faults, Random random)
    {
        for (var i = 0; i < 7; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.1 + (0.8 * random.NextDouble())));
            await faults.HappenAsync();
        }

        await faults.QuickenAllAsync();
    }

    private static async Task<Task<(SubmittedGoal Goal, GoalAnswer Answer, Verdict Label)>[]> SubmitAsync(
        TestCluster cluster, ProcessWatch watch, ConcurrentQueue<string> stuck, Random random)
    {
        var answers = new List<Task<(SubmittedGoal, GoalAnswer, Verdict)>>();
        for (var i = 0; i < Goals; i++)
        {
            var (goal, label) = ChaosGoals.Submit(cluster, random);
            answers.Add(AnswerAsync(goal, label));
            // They come in bursts.
            if (random.Next(3) == 0)
                await Task.Delay(TimeSpan.FromSeconds(0.4 * random.NextDouble()));
        }

        return [.. answers];

        async Task<(SubmittedGoal, GoalAnswer, Verdict)> AnswerAsync(SubmittedGoal goal, Verdict label)
        {
            var waiting = goal.Answer;
            if (await Task.WhenAny(waiting, Task.Delay(Stuck.After)) != waiting)
                stuck.Enqueue(await Stuck.LookAsync(cluster, goal));
            var answer = await waiting;
            watch.Settled(goal.Id);
            return (goal, answer, label);
        }
    }
}
