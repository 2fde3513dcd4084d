using System.Text;
using ProverCluster.Cli.Racing;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Output;

/// <summary>A line for each goal: verdict, time, winner, name; below it what else was asked for.</summary>
/// <param name="winnerWidth">The longest name of a backend that may win, so that lines printed one by one stand in columns.</param>
/// <param name="runs">Null where the table of runs is not wanted.</param>
internal sealed class HumanWriter(ResultSink sink, Colours colours, int winnerWidth, RunTable? runs, bool showOutput) : IResultWriter
{
    private const string Indent = "  ";

    public async Task WriteAsync(GoalInFlight goal)
    {
        var result = await goal.Settled;
        var text = new StringBuilder(Line(result.Answer)).Append('\n');
        if (runs is not null && result.Answer.Runs.Count > 0) AppendLines(text, runs.Lines(result.Answer.Runs, Indent));
        if (runs is not null && CachedLine.Of(result.Answer.Origin) is { } cached) text.Append(Indent).Append(cached).Append('\n');
        if (showOutput && WinnerOutput.Of(result.Language, result.Answer) is { } output)
        {
            text.Append(Indent).Append(output.Kind).Append(":\n");
            var lines = Excerpt.Visible(output.Text.ReplaceLineEndings("\n").TrimEnd('\n'), keepLines: true).Split('\n');
            AppendLines(text, lines.Select(line => Indent + Indent + line));
        }
        if (showOutput && WinnerOutput.Missing(result.Answer.Output) is { } missing) text.Append(Indent).Append(missing).Append('\n');
        sink.Write(text.ToString());
    }

    private string Line(GoalAnswer answer)
    {
        var time = answer.Verdict == Verdict.Rejected ? Times.Never : Times.Shown(answer.Decided ?? answer.Settled);
        var winner = answer.Winner?.Backend.Value ?? Times.Never;
        var name = Excerpt.Visible(answer.Name);
        var reason = answer.Reason is { } why ? ": " + Excerpt.Visible(why) : "";
        return $"{colours.Of(answer.Verdict, answer.Verdict.Word().PadRight(9))}  {time,9}  {winner.PadRight(winnerWidth)}  {name}{(answer.IsCached ? " (cached)" : "")}{reason}";
    }

    private static void AppendLines(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines) text.Append(line).Append('\n');
    }
}
