using System.Globalization;
using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Processes.World;

/// <summary>A goal whose verdict is known, since its text tells a puppet what to say and when. No two have the same text.</summary>
internal sealed record Played(Goal Goal, GoalDocument Document, Verdict Expected)
{
    public const string Player = "player";
    public const string Sleeper = "sleeper";

    private static readonly GoalLimits s_limits = new(TimeSpan.FromMinutes(10), RunTimeout: null, RunCpu: null, MemoryBytes: 1L << 30, OutputBytes: 1 << 20);
    private static int s_last;

    /// <param name="seconds">How long its winner takes.</param>
    public static Played Next(double seconds) => Next(string.Create(CultureInfo.InvariantCulture, $"sleep {seconds}"));

    /// <summary>One whose player takes the time until it is called.</summary>
    public static Played Awaiting() => Next("await");

    private static Played Next(string play)
    {
        var number = Interlocked.Increment(ref s_last);
        var (word, expected) = number % 3 == 0 ? ("sat", Verdict.Refuted) : ("unsat", Verdict.Proved);
        var text = Encoding.ASCII.GetBytes($"c play: {play} say {word}\nc {number} {Guid.NewGuid():N}\np cnf 1 1\n1 0\n");
        Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, text, out var document, out _));
        var goal = new Goal(
            GoalId.New(), $"goal-{number}", GoalLanguage.Dimacs, TextDigest.Of(text), s_limits, Strategy.Speculative, [BackendName.Parse(Player), BackendName.Parse(Sleeper)],
            KeepOutput: false, new Dictionary<string, string>());
        return new Played(goal, document, expected);
    }
}
