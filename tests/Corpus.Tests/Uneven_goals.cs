using System.Diagnostics;
using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;
using Xunit.Abstractions;

namespace ProverCluster.Corpus;

/// <summary>What the key of a goal does not see, provers do not see either: a goal whose lines end differently has the same key, and the same verdict from each of them.</summary>
public class Uneven_goals(ITestOutputHelper output)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>For what two seconds did not do for beside the provers of other tests, although they did a moment before.</summary>
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(20);

    private static readonly Goal Asked = new(
        GoalId.New(), "-", GoalLanguage.SmtLib2, TextDigest.Of([]), new GoalLimits(Timeout, null, null, 0, 0), Strategy.Speculative, [], KeepOutput: false, new Dictionary<string, string>());

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(12);

    [CorpusFact]
    public async Task A_goal_with_carriage_returns_and_trailing_blanks_gets_the_verdict_that_it_gets_without()
    {
        var (clock, compared) = (Stopwatch.StartNew(), 0);
        await using var racing = await Racing.StartAsync();
        foreach (var goal in CorpusFolder.Sample(40, seed: 5))
        {
            if (clock.Elapsed > Budget || goal.Read() is not { } plain || Uneven(goal, plain.Text.Span) is not { } uneven)
                continue;
            foreach (var backend in Racing.Backends(goal.Language))
            {
                var before = await racing.RaceAsync(goal.Name, plain, Timeout, backend);
                if (!before.Verdict.IsDecisive() || clock.Elapsed > Budget)
                    continue;
                var after = await racing.RaceAsync(goal.Name, uneven, Timeout, backend);
                if (!after.Verdict.IsDecisive())
                {
                    output.WriteLine($"figures: {backend} decided {goal.Name} after {before.Settled.TotalSeconds:0.0} s, and with carriage returns not within {Timeout.TotalSeconds} s ({after.Reason}): asked again");
                    after = await racing.RaceAsync(goal.Name, uneven, Patient, backend);
                }

                Assert.Equal((goal.Name, backend, before.Verdict, null), (goal.Name, backend, after.Verdict, after.Reason));
                compared++;
            }
        }

        output.WriteLine($"figures: {compared} verdicts of single provers were the same with carriage returns and trailing blanks");
        Assert.True(compared > 0);
    }

    [CorpusFact]
    public void Every_goal_has_the_key_that_it_has_with_carriage_returns_and_trailing_blanks()
    {
        var keys = new Dictionary<string, string>();
        foreach (var goal in CorpusFolder.Goals())
        {
            var plain = goal.Read();
            var key = Key(plain);
            if (Uneven(goal, plain.Text.Span) is { } uneven)
                Assert.Equal((goal.Name, key), (goal.Name, Key(uneven)));
            // Two goals of one key would be two files of one text.
            if (!keys.TryAdd(key, goal.Name))
                Assert.Equal(Blank(goal), Blank(CorpusFolder.Goals().First(other => other.Name == keys[key])));
        }
    }

    /// <summary>The lines after the last quote that may reach over a line end, so that nothing is changed within one.</summary>
    private static GoalDocument? Uneven(LabelledGoal goal, ReadOnlySpan<byte> text)
    {
        var words = Encoding.Latin1.GetString(text);
        var from = goal.Language == GoalLanguage.SmtLib2 ? words.LastIndexOfAny(['"', '|']) + 1 : 0;
        var uneven = words[..from] + words[from..].Replace("\r\n", "\n").Replace("\n", " \t\r\n");
        return from == words.Length ? null : goal.Read(Encoding.Latin1.GetBytes(uneven));
    }

    private static string Blank(LabelledGoal goal) => string.Concat(Encoding.Latin1.GetString(goal.Read().Text.Span).Where(c => !char.IsWhiteSpace(c)));

    private static string Key(GoalDocument document) => VerdictKey.Of(Asked with { Language = document.Language }, document).Value;
}
