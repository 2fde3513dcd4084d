using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Cache;

/// <summary>
/// What a verdict is a verdict on: the goal's text as its readers see it, and what was asked of whom. Not in it: limits and priority, since a proof stays one however much
/// time it was given; name, labels and id, which are the client's; whether the model or proof is wanted, since the verdict is the same.
/// </summary>
internal sealed record VerdictKey
{
    private const int TextDigits = 64;

    /// <summary>Enough to tell the options of one text apart.</summary>
    private const int OptionDigits = 32;

    /// <summary>Text is hashed in such pieces, since lines are short.</summary>
    private const int Piece = 16 << 10;

    private VerdictKey(string text, string options) => (Text, Options) = (text, options);

    /// <summary>64 hexadecimal digits, the same for all goals of the same meaning.</summary>
    public string Text { get; }

    /// <summary>32 hexadecimal digits.</summary>
    public string Options { get; }

    /// <summary>As the cache has it: keys of one text stand side by side.</summary>
    public string Value => Text + "-" + Options;

    public static VerdictKey Of(Goal goal, GoalDocument document) => new(OfText(document.Language, document.Text.Span), OfOptions(goal));

    public static bool TryParse(string? value, [NotNullWhen(true)] out VerdictKey? key)
    {
        key = value is { Length: TextDigits + 1 + OptionDigits } && value[TextDigits] == '-'
            && AreDigits(value.AsSpan(0, TextDigits)) && AreDigits(value.AsSpan(TextDigits + 1))
            ? new VerdictKey(value[..TextDigits], value[(TextDigits + 1)..])
            : null;
        return key is not null;
    }

    public override string ToString() => Value;

    /// <summary>Whether all of it is hexadecimal digits, in small letters.</summary>
    public static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Digits);

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private static string OfText(GoalLanguage language, ReadOnlySpan<byte> text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"verdict-text 1\n{language.Name()}\n"));
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        var length = 0;
        foreach (var part in new EvenLines(language, text))
        {
            if (length + part.Length > piece.Length)
            {
                hash.AppendData(piece, 0, length);
                length = 0;
            }

            if (part.Length > piece.Length)
            {
                hash.AppendData(part);
                continue;
            }

            part.CopyTo(piece.AsSpan(length));
            length += part.Length;
        }

        hash.AppendData(piece, 0, length);
        ArrayPool<byte>.Shared.Return(piece);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// Who names backends wants to hear those, in whatever order. A best-of race hears all of them before it answers, and so may find a contradiction that another one never
    /// sees: its verdict is worth more, and is kept apart.
    /// </summary>
    private static string OfOptions(Goal goal)
    {
        var asked = goal.Backends.Select(backend => backend.Value).Distinct().Order(StringComparer.Ordinal);
        var form = $"verdict-options 1\n{(goal.Strategy == Strategy.BestOf ? "all" : "first")}\n{string.Join('\n', asked)}\n";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(form)))[..OptionDigits];
    }
}
