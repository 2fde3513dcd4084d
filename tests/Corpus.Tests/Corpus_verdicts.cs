using System.Diagnostics;
using Xunit.Abstractions;

namespace ProverCluster.Corpus;

public class Corpus_verdicts(ITestOutputHelper output)
{
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(10);

    /// <summary>Of a deadline that would do for the harder goals too, a few would take up the time of the whole run.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private const int Again = 3;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(45);

    [CorpusFact]
    public async Task A_sample_of_the_labelled_goals_gets_no_wrong_verdict_and_mostly_the_right_one()
    {
        var (tally, clock) = (new Tally(), Stopwatch.StartNew());
        await using var racing = await Racing.StartAsync();
        var goals = CorpusFolder.Sample(120, seed: 20);
        foreach (var goal in Shuffled(goals).TakeWhile(_ => clock.Elapsed < Budget))
            await RaceAsync(racing, goal, tally, Short);

        tally.Print(output, "corpus sample");
        Assert.Empty(tally.All(Mark.Wrong));
        Assert.Empty(tally.All(Mark.Disagreed));
        Assert.Empty(tally.All(Mark.Rejected));
        var right = tally.Goals(Tally.Race, Mark.Right).Count();
        var raced = tally.Goals(Tally.Race, Enum.GetValues<Mark>()).Count();
        Assert.True(right >= raced * 8 / 10, $"{right} of {raced} goals were decided");
    }

    [CorpusStressFact]
    public async Task Every_goal_that_one_entry_decides_alone_is_decided_by_the_race()
    {
        var tally = new Tally();
        await using var racing = await Racing.StartAsync();
        foreach (var goal in CorpusFolder.Goals())
        {
            await AloneAsync(racing, goal, tally);
            await RaceAsync(racing, goal, tally, Alone);
        }

        tally.Print(output, "corpus");
        Assert.Empty(tally.All(Mark.Wrong));
        Assert.Empty(tally.All(Mark.Disagreed));
        // Alone, a prover may call a goal malformed that is only not of its dialect; together they may not.
        Assert.Empty(tally.Goals(Tally.Race, Mark.Rejected));
        var decidable = CorpusFolder.Goals().SelectMany(goal => Racing.Backends(goal.Language)).Distinct().SelectMany(by => tally.Goals(by.Value, Mark.Right)).ToHashSet();
        var missed = new List<string>();
        foreach (var goal in CorpusFolder.Goals().Where(goal => decidable.Except(tally.Goals(Tally.Race, Mark.Right)).Contains(goal.Name)))
        {
            if (await IsDecidedAgainAsync(racing, goal))
                missed.Add(goal.Name);
            else
                output.WriteLine($"figures: corpus: {goal.Name} was decided by one of them alone, and no more when asked again: chance, since where a program lies in memory is");
        }

        Assert.Empty(missed);
    }

    /// <summary>Every goal of the corpus is one to our reader: it costs no prover, so all of them are read every time.</summary>
    [CorpusFact]
    public void No_labelled_goal_is_refused_by_our_reader()
    {
        var refused = new List<string>();
        foreach (var goal in CorpusFolder.Goals())
        {
            try
            {
                goal.Read();
            }
            catch (UnreadableGoalException refusal)
            {
                refused.Add(refusal.Message);
            }
        }

        Assert.Empty(refused);
    }

    private static IEnumerable<LabelledGoal> Shuffled(IReadOnlyList<LabelledGoal> goals)
    {
        var random = new Random(1);
        return goals.OrderBy(_ => random.Next());
    }

    private static async Task AloneAsync(Racing racing, LabelledGoal goal, Tally tally)
    {
        foreach (var backend in Racing.Backends(goal.Language))
        {
            try
            {
                tally.Add(goal, backend.Value, await racing.RaceAsync(goal.Name, goal.Read(), Alone, backend));
            }
            catch (UnreadableGoalException refusal)
            {
                tally.AddUnreadable(goal, backend.Value, refusal);
            }
        }
    }

    /// <summary>Whether one entry alone decides it each time: E, for one, finds some proofs at one start in six.</summary>
    private static async Task<bool> IsDecidedAgainAsync(Racing racing, LabelledGoal goal)
    {
        var again = new Tally();
        for (var time = 0; time < Again; time++)
            await AloneAsync(racing, goal, again);
        return Racing.Backends(goal.Language).Any(by => again.Goals(by.Value, Mark.Right).Count() == Again);
    }

    /// <param name="each">What each backend may take; the race of n of them on few processors has n times that.</param>
    private static async Task RaceAsync(Racing racing, LabelledGoal goal, Tally tally, TimeSpan each)
    {
        var backends = Racing.Backends(goal.Language);
        if (backends.Count == 0)
            return;
        try
        {
            tally.Add(goal, Tally.Race, await racing.RaceAsync(goal.Name, goal.Read(), each * backends.Count));
        }
        catch (UnreadableGoalException refusal)
        {
            tally.AddUnreadable(goal, Tally.Race, refusal);
        }
    }
}
