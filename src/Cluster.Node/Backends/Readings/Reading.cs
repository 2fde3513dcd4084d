using System.Security.Cryptography;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>Makes of a goal what a prover is given, and what will read its answer: they belong together.</summary>
internal static class Reading
{
    /// <param name="kind">The dialect of the backend's output.</param>
    /// <param name="document">The goal.</param>
    /// <param name="rules">The backend's own words.</param>
    /// <param name="keepOutput">Whether a model, core or proof is wanted.</param>
    public static (ReadOnlyMemory<byte> Goal, IOutputReading Reading) Prepare(ReadingKind kind, GoalDocument document, ReadingRules rules, bool keepOutput) =>
        Prepare(kind, document, rules, keepOutput, RandomNumberGenerator.GetHexString(32, lowercase: true));

    /// <param name="mark">128 random bits, fresh for each run: a goal that could guess it could forge an answer.</param>
    internal static (ReadOnlyMemory<byte> Goal, IOutputReading Reading) Prepare(ReadingKind kind, GoalDocument document, ReadingRules rules, bool keepOutput, string mark)
    {
        switch (kind, document)
        {
            case (ReadingKind.SmtLib2, SmtLibScript script):
                var copy = script.MarkedCopy(mark);
                return (copy.Text, new SmtLibReading(copy, rules, keepOutput));
            case (ReadingKind.Szs, _):
                return (Plain(document), new SzsReading(document, rules, keepOutput));
            case (ReadingKind.Dimacs, _):
                return (Plain(document), new DimacsReading(rules, keepOutput));
            case (ReadingKind.Patterns, _):
                return (Plain(document), new PatternReading(document, rules, keepOutput));
            default:
                throw new ArgumentException($"reading {kind} cannot read answers to a goal in {document.Language.Name()}", nameof(kind));
        }
    }

    private static ReadOnlyMemory<byte> Plain(GoalDocument document) => document switch
    {
        TptpProblem problem => problem.PlainText(),
        DimacsFormula formula => formula.PlainText(),
        _ => document.Text,
    };
}
