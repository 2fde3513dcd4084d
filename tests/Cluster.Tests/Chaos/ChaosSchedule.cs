using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Tests.Chaos;

/// <summary>One schedule: goals come, faults happen, and when both are over nothing is left of the goals but their answers.</summary>
internal static class ChaosSchedule
{
    private const int Nodes = 5;
    private const int Goals = 40;

    /// <summary>
    /// A node that is cut off ends its provers when it finds that it is not of the majority, one that is in reach again when it hears of their coordinators' end
    /// or has waited ten seconds for another; before that there may be provers of a race that goes on without them.
    /// </summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    public static async Task<ChaosFigures> RunAsync(int seed)
    {
        // Goals and faults do not share one source of chance: which goals there are does not depend on how far the faults have come.
        var (clock, forGoals, forFaults) = (Stopwatch.StartNew(), new Random(seed), new Random(-seed));
        await using var cluster = await TestCluster.StartAsync(Nodes, "prover-cluster.slots = 2", ChaosGoals.Entries);
        await using var watch = new ProcessWatch(cluster);
        var faults = new Faults(cluster, forFaults);
        try
        {
            var faulty = KeepHappeningAsync(faults, forFaults);
            var answers = await Task.WhenAll(await SubmitAsync(cluster, watch, forGoals));
            await faulty;
            await faults.EndAsync();
            await JudgeAsync(cluster, watch, answers);
            return ChaosFigures.Of(answers.Select(each => (each.Goal, each.Answer)), faults.Counts, watch, clock.Elapsed);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{failure.Message}\n{string.Join('\n', faults.Log)}", failure);
        }
    }

    private static async Task JudgeAsync(TestCluster cluster, ProcessWatch watch, (SubmittedGoal Goal, GoalAnswer Answer, Verdict Label)[] answers)
    {
        var wrong = answers.Select(each => ChaosGoals.Fault(each.Goal, each.Answer, each.Label)).OfType<string>().ToArray();
        Assert.True(wrong.Length == 0, string.Join("; ", wrong));
        await cluster.KnowEachOtherAsync();
        await cluster.AssertNothingIsLeftAsync();
        await watch.DisposeAsync();
        Assert.True(watch.Doubles.Longest < s_bound, $"two coordinators had provers at work for {watch.Doubles.Longest}: {watch.Doubles.What}");
        Assert.True(watch.Outlived.Longest < s_bound, $"provers lived on for {watch.Outlived.Longest} after their goal was settled: {watch.Outlived.What}");
    }

    private static async Task KeepHappeningAsync(Faults faults, Random random)
    {
        for (var i = 0; i < 7; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.1 + (0.8 * random.NextDouble())));
            await faults.HappenAsync();
        }
    }

    private static async Task<Task<(SubmittedGoal Goal, GoalAnswer Answer, Verdict Label)>[]> SubmitAsync(TestCluster cluster, ProcessWatch watch, Random random)
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
            var answer = await goal.Answer;
            watch.Settled(goal.Id);
            return (goal, answer, label);
        }
    }
}

/// <summary>What has happened in one schedule, or in many.</summary>
internal sealed class ChaosFigures
{
    private readonly SortedDictionary<string, int> _counts = [];
    private TimeSpan _time;
    private TimeSpan _double;
    private TimeSpan _outlived;

    public static ChaosFigures Of(IEnumerable<(SubmittedGoal Goal, GoalAnswer Answer)> answers, IEnumerable<KeyValuePair<string, int>> faults, ProcessWatch watch, TimeSpan time)
    {
        var figures = new ChaosFigures { _time = time, _double = watch.Doubles.Longest, _outlived = watch.Outlived.Longest };
        figures.Count("schedules", 1);
        foreach (var (what, count) in faults)
            figures.Count(what, count);
        foreach (var (goal, answer) in answers)
        {
            figures.Count("goals", 1);
            figures.Count("honest unknowns", answer.Verdict == Verdict.Unknown ? 1 : 0);
            figures.Count("lost runs", answer.Runs.Count(row => row.Outcome == RunOutcome.Lost));
            figures.Count("races begun anew", goal.Started.Select(started => started.Run.Incarnation).Distinct().Count() - 1 is > 0 and var more ? more : 0);
        }

        return figures;
    }

    public void Add(ChaosFigures other)
    {
        foreach (var (what, count) in other._counts)
            Count(what, count);
        _time += other._time;
        _double = other._double > _double ? other._double : _double;
        _outlived = other._outlived > _outlived ? other._outlived : _outlived;
    }

    public override string ToString() => FormattableString.Invariant(
        $"{string.Join(", ", _counts.Select(each => $"{each.Value} {each.Key}"))}; at most {_double.TotalSeconds:0.0} s with provers of two coordinators, at most {_outlived.TotalSeconds:0.0} s after the verdict; {_time.TotalSeconds:0} s of schedules");

    private void Count(string what, int count) => _counts[what] = _counts.GetValueOrDefault(what) + count;
}
