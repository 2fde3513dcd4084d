using System.Text.RegularExpressions;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Backends;

/// <summary>What may stand behind the keys of an entry.</summary>
internal static partial class BackendValues
{
    public static readonly Choice<bool> YesOrNo = new(("yes", true), ("no", false));

    public static readonly Choice<GoalLanguage> Language = new([.. GoalLanguages.All.Select(entry => (entry.Name, entry.Language))]);

    public static readonly CountRange Exit = new(0, 255);

    public static readonly Choice<BackendReading> Reading = new(
        ("smtlib2", new BackendReading.SmtLib2()),
        ("szs", new BackendReading.Szs()),
        ("dimacs", new BackendReading.Dimacs()),
        ("patterns { proved = \"...\", refuted = \"...\" }", new BackendReading.Patterns(null, null)));

    public static readonly Words Text = new("a text", text => !text.Contains('\0'));

    public static readonly Words Argument = new(
        $"a text, in it no placeholder but {string.Join(", ", Backend.Placeholders)},",
        text => !text.Contains('\0') && Placeholder().Matches(text).All(each => Backend.Placeholders.Contains(each.Value)));

    public static readonly Words Variable = new("a name of an environment variable", text => VariableName().IsMatch(text));

    public static readonly Words ResultFile = new(
        "the name of a file without a folder, or nothing,",
        text => !text.Contains('/') && !text.Contains('\0') && text is not ("." or ".."));

    public static readonly Words Pattern = new("a regular expression without look-around or back-references", IsPattern);

    public static readonly Words ReadOnlyFolder = new(
        "an absolute path of a folder that is not /, /tmp, a home, or the system's own /proc, /sys or /dev,",
        ReadOnlyFolders.MayBeShown);

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

    [GeneratedRegex(@"\{[a-z][a-z-]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariableName();
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
