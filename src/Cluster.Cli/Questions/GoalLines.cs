using System.Text;
using ProverCluster.Cli.Output;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Questions;

/// <summary>How a goal stands, for people: verdict or state, time, winner, id, name; below it its runs.</summary>
internal static class GoalLines
{
    private const int WinnerWidth = 14;

    private static readonly RunTable Runs = new(hasNodes: true);

    public static string Of(GoalView goal, bool showRuns, Colours colours)
    {
        // A verdict that may still be contradicted is not shown as one that cannot.
        var word = goal.State == GoalState.Settled ? goal.Verdict!.Value.Word() : goal.State.Word();
        var painted = colours.Of(goal.Verdict ?? Verdict.Unknown, word.PadRight(9));
        var winner = (goal.Winner?.Backend.Value ?? Times.Never).PadRight(WinnerWidth);
        var name = goal.Name == goal.Id.Value ? "" : "  " + Excerpt.Visible(goal.Name);
        var reason = goal.Reason is { } why ? ": " + Excerpt.Visible(why) : "";
        var text = new StringBuilder($"{painted}  {Times.Shown(goal.Decided ?? goal.Settled),9}  {winner}  {goal.Id}{name}{(goal.IsCached ? " (cached)" : "")}{reason}");
        if (goal.Origin?.Doubt is { } doubt) text.Append(": ").Append(Excerpt.Visible(doubt));
        if (showRuns && goal.Runs.Count > 0)
        {
            foreach (var line in Runs.Lines(goal.Runs, "  ")) text.Append('\n').Append(line);
        }

        if (showRuns && CachedLine.Of(goal.Origin) is { } cached) text.Append("\n  ").Append(cached);
        return text.ToString();
    }
}
