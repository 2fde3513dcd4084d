using System.Text;
using ProverCluster.Cli.Racing;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Output;

/// <summary>What a prover would print, for programs that run one: one line for each goal, at the moment it is decided.</summary>
/// <param name="complain">Where the reason of a goal goes that is none; its line stays what a prover could say.</param>
internal sealed class SolverWriter(ResultSink sink, bool showOutput, Action<string> complain) : IResultWriter
{
    public async Task WriteAsync(GoalInFlight goal)
    {
        // A model comes after its verdict, so whoever wants one has to wait for the settled story anyway.
        if (!showOutput && await goal.Decided is { } decided)
        {
            sink.Write(Line(goal, decided.Verdict, decided.Szs) + "\n");
            return;
        }
        var result = await goal.Settled;
        if (result.Answer.Verdict == Verdict.Rejected) complain($"{Excerpt.Visible(goal.Name)}: {Excerpt.Visible(result.Answer.Reason ?? "rejected")}");
        sink.Write(Text(goal, result));
    }

    private string Text(GoalInFlight goal, GoalResult result)
    {
        var text = new StringBuilder(Line(goal, result.Answer.Verdict, result.Answer.Szs)).Append('\n');
        if (showOutput && WinnerOutput.Missing(result.Answer.Output) is { } missing) text.Append(Comment(goal)).Append(missing).Append('\n');
        if (!showOutput || WinnerOutput.Of(result.Language, result.Answer) is not { } output) return text.ToString();
        // Programs get every byte; a terminal would obey some of them.
        text.Append(sink.IsTerminal ? Excerpt.Visible(output.Text, keepLines: true) : output.Text);
        if (!output.Text.EndsWith('\n')) text.Append('\n');
        return text.ToString();
    }

    private static string Line(GoalInFlight goal, Verdict verdict, SzsStatus? szs) => goal.Language switch
    {
        GoalLanguage.Tptp => $"% SZS status {Szs(verdict, szs)} for {Excerpt.Visible(Path.GetFileNameWithoutExtension(goal.Name))}",
        GoalLanguage.Dimacs => "s " + Word(verdict, "UNSATISFIABLE", "SATISFIABLE", "UNKNOWN"),
        _ => Word(verdict, "unsat", "sat", "unknown"),
    };

    private static string Comment(GoalInFlight goal) => goal.Language switch
    {
        GoalLanguage.Tptp => "% ",
        GoalLanguage.Dimacs => "c ",
        _ => "; ",
    };

    private static string Word(Verdict verdict, string proved, string refuted, string otherwise) => verdict switch
    {
        Verdict.Proved => proved,
        Verdict.Refuted => refuted,
        _ => otherwise,
    };

    private static SzsStatus Szs(Verdict verdict, SzsStatus? szs) => szs ?? verdict switch
    {
        Verdict.Rejected => SzsStatus.InputError,
        Verdict.Withdrawn => SzsStatus.User,
        _ => SzsStatus.Unknown,
    };
}
