using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using Xunit.Abstractions;

namespace ProverCluster.Corpus;

public class Annotated_goals(ITestOutputHelper output)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>For what that did not do for beside the provers of other tests, although it did a moment before.</summary>
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(12);

    /// <summary>
    /// Without its annotation a goal has the same verdict. With a lying one it has that too, or none: z3 and cvc5 compare
    /// what they find with <c>:status</c> and complain, and a prover that complains is not believed.
    /// </summary>
    [CorpusFact]
    public async Task A_verdict_never_comes_from_what_the_goal_says_of_itself()
    {
        var (clock, compared) = (Stopwatch.StartNew(), 0);
        await using var racing = await Racing.StartAsync();
        foreach (var goal in CorpusFolder.Sample(30, seed: 4))
        {
            if (clock.Elapsed > Budget || Racing.Backends(goal.Language).Count == 0)
                continue;
            var text = await File.ReadAllBytesAsync(goal.Path);
            if (await Verdict(racing, goal, text) != goal.Expected)
                continue;
            compared++;
            Assert.Equal((goal.Name, goal.Expected), (goal.Name, await VerdictAgain(racing, goal, Annotations.Removed(goal.Language, text))));
            var flipped = Annotations.Flipped(goal.Language, text, goal.Expected);
            var despite = goal.Language == GoalLanguage.SmtLib2 ? await Verdict(racing, goal, flipped) : await VerdictAgain(racing, goal, flipped);
            Assert.True(despite == goal.Expected || (despite == Messages.Verdicts.Verdict.Unknown && goal.Language == GoalLanguage.SmtLib2), $"{goal.Name}: {despite}");
        }

        output.WriteLine($"figures: {compared} goals had the same verdict without their annotations, and no other one with lying ones");
        Assert.True(compared > 0);
    }

    /// <summary>Of a goal that was decided in that time with other words in it.</summary>
    private async Task<Verdict> VerdictAgain(Racing racing, LabelledGoal goal, ReadOnlyMemory<byte> text)
    {
        var verdict = await Verdict(racing, goal, text);
        if (verdict.IsDecisive())
            return verdict;
        output.WriteLine($"figures: {goal.Name} was decided, and with another annotation not within {Timeout.TotalSeconds} s: asked again");
        return await Verdict(racing, goal, text, Patient);
    }

    private static async Task<Verdict> Verdict(Racing racing, LabelledGoal goal, ReadOnlyMemory<byte> text, TimeSpan? timeout = null)
    {
        GoalAnswer answer = await racing.RaceAsync(goal.Name, goal.Read(text), timeout ?? Timeout);
        return answer.Verdict;
    }
}
