using System.Text;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Tests.Languages;

/// <summary>Short words for the specs of goal readers.</summary>
internal static class Texts
{
    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string String(ReadOnlyMemory<byte> text) => Encoding.UTF8.GetString(text.Span);

    public static SmtLibScript Script(string text) => Script(Bytes(text));

    public static SmtLibScript Script(ReadOnlyMemory<byte> text) =>
        SmtLibScript.TryRead(text, out var script, out var rejection) ? script : throw new Xunit.Sdk.XunitException(rejection.ToString());

    public static TptpProblem Problem(string text) =>
        TptpProblem.TryRead(Bytes(text), out var problem, out var rejection) ? problem : throw new Xunit.Sdk.XunitException(rejection.ToString());

    public static DimacsFormula Formula(string text) =>
        DimacsFormula.TryRead(Bytes(text), out var formula, out var rejection) ? formula : throw new Xunit.Sdk.XunitException(rejection.ToString());

    /// <summary>The rejection as a person reads it, or "" if the text is accepted.</summary>
    public static string Rejection(GoalLanguage language, ReadOnlyMemory<byte> text) =>
        GoalReader.TryRead(language, text, out _, out var rejection) ? "" : rejection.ToString();
}
