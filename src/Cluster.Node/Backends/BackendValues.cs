using System.Buffers;
using System.Text.RegularExpressions;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Backends;

/// <summary>What may stand behind the keys of an entry.</summary>
internal static class BackendValues
{
    private static readonly SearchValues<char> PlaceholderCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");

    public static readonly Choice<bool> YesOrNo = new(("yes", true), ("no", false));

    public static readonly Choice<GoalLanguage> Language = new([.. GoalLanguages.All.Select(entry => (entry.Name, entry.Language))]);

    public static readonly CountRange Exit = new(0, 255);

    public static readonly Choice<BackendReading> Reading = new(
        ("smtlib2", new BackendReading.SmtLib2()),
        ("szs", new BackendReading.Szs()),
        ("dimacs", new BackendReading.Dimacs()),
        ("{ proved = \"...\", refuted = \"...\" }", new BackendReading.Patterns(null, null)));

    public static readonly Words Text = new("a text", text => !text.Contains('\0'));

    public static readonly Words Argument = new(
        $"a text, in it no placeholder but {string.Join(", ", Backend.Placeholders)},",
        text => !text.Contains('\0') && HasOnlyKnownPlaceholders(text));

    public static readonly Words Variable = new(
        "a name of an environment variable",
        text => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));

    public static readonly Words ResultFile = new(
        "the name of a file without a folder, or nothing,",
        text => !text.Contains('/') && !text.Contains('\0') && text is not ("." or ".."));

    public static readonly Words Pattern = new("a regular expression without look-around or back-references", IsPattern);

    public static readonly Words ReadOnlyFolder = new(
        "an absolute path of a folder that is not /, /tmp, a home, or the machine's own such as /etc, /proc or /run,",
        MayBeShown);

    // A prover that is not installed may name a folder that is not there; the launcher looks again.
    private static bool MayBeShown(string folder) =>
        folder.StartsWith('/')
        && !folder.Contains('\0')
        && !folder.Split('/').Contains("..")
        && (Provers.ReadOnlyFolder.Fault(folder) is null || !Directory.Exists(folder));

    // Patterns meet whatever a prover prints, so they must run in linear time.
    private static bool IsPattern(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking);
            return text.Length > 0;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    // What looks like a placeholder: braces around letters and dashes.
    private static bool HasOnlyKnownPlaceholders(string text)
    {
        for (var open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var length = text.AsSpan(open + 1).IndexOfAnyExcept(PlaceholderCharacters);
            if (length <= 0 || text[open + 1 + length] != '}') continue;
            if (!Backend.Placeholders.Contains(text.Substring(open, length + 2))) return false;
        }
        return true;
    }
}

/// <summary>A text with a condition.</summary>
internal sealed class Words(string wanted, Func<string, bool> isGood) : Allowed<string>
{
    public override string Wanted => wanted;

    public override bool TryRead(string text, out string value)
    {
        value = text;
        return isGood(text);
    }
}
