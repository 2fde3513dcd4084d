using System.Text;
using System.Text.RegularExpressions;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Corpus;

/// <summary>What a goal says of itself, taken out or turned around in memory: the answer must not come from there.</summary>
internal static partial class Annotations
{
    public static ReadOnlyMemory<byte> Removed(GoalLanguage language, ReadOnlySpan<byte> text) => Encoding.Latin1.GetBytes(language switch
    {
        GoalLanguage.SmtLib2 => SmtStatus().Replace(Comment(text, ';'), ""),
        GoalLanguage.Tptp => Comment(text, '%'),
        _ => Comment(text, 'c'),
    });

    public static ReadOnlyMemory<byte> Flipped(GoalLanguage language, ReadOnlySpan<byte> text, Verdict truth)
    {
        var lie = (language, truth) switch
        {
            (GoalLanguage.SmtLib2, Verdict.Proved) => "; EXPECT: sat\n(set-info :status sat)\n",
            (GoalLanguage.SmtLib2, _) => "; EXPECT: unsat\n(set-info :status unsat)\n",
            (GoalLanguage.Tptp, Verdict.Proved) => "% Status   : CounterSatisfiable\n% SZS status Satisfiable for it\n",
            (GoalLanguage.Tptp, _) => "% Status   : Theorem\n% SZS status Theorem for it\n",
            (_, Verdict.Proved) => "c s SATISFIABLE\n",
            _ => "c s UNSATISFIABLE\n",
        };
        return (byte[])[.. Encoding.Latin1.GetBytes(lie), .. Removed(language, text).Span];
    }

    // Whole lines only: what begins a comment may stand in a string too.
    private static string Comment(ReadOnlySpan<byte> text, char begin) =>
        string.Join('\n', Encoding.Latin1.GetString(text).Split('\n').Where(line => !line.StartsWith(begin)));

    [GeneratedRegex(@"\(\s*set-info\s+:status\s+\w+\s*\)")]
    private static partial Regex SmtStatus();
}
