using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;
using Xunit.Abstractions;

namespace ProverCluster.Corpus;

public class Annotated_goals(ITestOutputHelper output)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
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
            Assert.Equal((goal.Name, goal.Expected), (goal.Name, await Verdict(racing, goal, Annotations.Removed(goal.Language, text))));
            var despite = await Verdict(racing, goal, Annotations.Flipped(goal.Language, text, goal.Expected));
            Assert.True(despite == goal.Expected || (despite == Messages.Verdicts.Verdict.Unknown && goal.Language == Messages.Languages.GoalLanguage.SmtLib2), $"{goal.Name}: {despite}");
        }

        output.WriteLine($"figures: {compared} goals had the same verdict without their annotations, and no other one with lying ones");
        Assert.True(compared > 0);
    }

    private static async Task<Verdict> Verdict(Racing racing, LabelledGoal goal, ReadOnlyMemory<byte> text)
    {
        GoalAnswer answer = await racing.RaceAsync(goal.Name, goal.Read(text), Timeout);
        return answer.Verdict;
    }
}
