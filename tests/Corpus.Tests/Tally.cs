using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using Xunit.Abstractions;

namespace ProverCluster.Corpus;

/// <summary>How a goal's answer compares with its label.</summary>
internal enum Mark
{
    Right,
    Undecided,
    Wrong,
    Disagreed,
    Rejected,
    Error,
}

/// <summary>Counts answers, by language and by who gave them.</summary>
internal sealed class Tally
{
    public const string Race = "race";

    private readonly List<(LabelledGoal Goal, string By, Mark Mark, string? Why)> _rows = [];

    public IEnumerable<string> Goals(string by, params Mark[] marks) =>
        _rows.Where(row => row.By == by && marks.Contains(row.Mark)).Select(row => row.Goal.Name);

    /// <summary>Everything of that kind, in words.</summary>
    public IEnumerable<string> All(Mark mark) => _rows.Where(row => row.Mark == mark).Select(row => $"{row.Goal.Name} by {row.By}: {row.Why}");

    public Mark Add(LabelledGoal goal, string by, GoalAnswer answer)
    {
        var mark = MarkOf(goal, answer);
        _rows.Add((goal, by, mark, answer.Reason ?? answer.Winner?.Backend.Value));
        return mark;
    }

    public void AddUnreadable(LabelledGoal goal, string by, UnreadableGoalException refusal) => _rows.Add((goal, by, Mark.Rejected, refusal.Message));

    /// <summary>A line for each language and backend that <c>./test</c> shows too, and for those who want it a line for each answer that is not right.</summary>
    public void Print(ITestOutputHelper output, string title)
    {
        output.WriteLine($"figures: {title}: provers ran {Racing.Confinement}");
        foreach (var by in _rows.GroupBy(row => (row.Goal.Language, row.By)).OrderBy(by => by.Key.Language).ThenBy(by => by.Key.By == Race))
        {
            var counts = string.Join(", ", Enum.GetValues<Mark>().Select(mark => $"{by.Count(row => row.Mark == mark)} {mark.ToString().ToLowerInvariant()}"));
            output.WriteLine($"figures: {title}: {by.Key.Language,-8} {by.Key.By,-15} {counts}");
        }

        foreach (var (goal, by, mark, why) in _rows.Where(row => row.Mark != Mark.Right))
            output.WriteLine($"{mark,-9} {by,-15} {goal.Name}: {why}");
    }

    private static Mark MarkOf(LabelledGoal goal, GoalAnswer answer) => answer switch
    {
        { Verdict: Verdict.Proved or Verdict.Refuted } => answer.Verdict == goal.Expected ? Mark.Right : Mark.Wrong,
        { Verdict: Verdict.Rejected } => Mark.Rejected,
        _ when answer.Runs.Any(row => row.Outcome == RunOutcome.Disagreed) => Mark.Disagreed,
        _ when answer.Runs.All(row => row.Outcome is RunOutcome.Error or RunOutcome.Unavailable) => Mark.Error,
        _ => Mark.Undecided,
    };
}
