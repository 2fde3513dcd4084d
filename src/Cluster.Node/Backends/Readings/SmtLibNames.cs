using System.Text;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>The names that a declaration gives a meaning to.</summary>
internal static class SmtLibNames
{
    private static readonly string[] OneName =
        ["declare-fun", "declare-const", "declare-sort", "define-fun", "define-const", "define-sort", "define-fun-rec"];

    /// <summary>Its name; or, where it may be several, every symbol in it, which is too many rather than too few.</summary>
    public static IEnumerable<string> Declared(SmtLibScript script, SmtLibCommand command)
    {
        var symbols = Symbols(script.Text.Span[command.Start..command.End]);
        // A datatype gives meanings to its constructors and selectors too.
        return symbols.Count > 1 && OneName.Contains(symbols[0]) ? [symbols[1]] : symbols.Skip(1);
    }

    private static List<string> Symbols(ReadOnlySpan<byte> command)
    {
        var symbols = new List<string>();
        foreach (var token in new SmtLibTokens(command))
        {
            if (token.IsEmpty || token[0] is not ((byte)'(' or (byte)')' or (byte)'"' or (byte)':' or (byte)'#' or (>= (byte)'0' and <= (byte)'9')))
                symbols.Add(Encoding.UTF8.GetString(token));
        }

        return symbols;
    }
}
