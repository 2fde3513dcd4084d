using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Client;

/// <summary>What is to be decided. A goal in a file is read when its turn comes, so that a list of many costs nothing.</summary>
public sealed record Goal
{
    private Goal(GoalLanguage language, string? path, ReadOnlyMemory<byte> text)
    {
        Language = language;
        Path = path;
        Text = text;
    }

    /// <summary>What it is written in.</summary>
    public GoalLanguage Language { get; }

    /// <summary>Its name for people, at most 4096 characters; by default the path of its file, or its id.</summary>
    public string? Name { get; init => field = CheckName(value); }

    /// <summary>
    /// Its name in the cluster; null, the default, for a fresh one each time it is proved. With a name of your own a program that was started again finds what came of the
    /// goal, and programs that prove it at the same time share one race: the same text with the same options joins it.
    /// </summary>
    public GoalId? Id { get; init; }

    internal string? Path { get; }

    internal ReadOnlyMemory<byte> Text { get; }

    /// <summary>A goal in a file, which is read when it is proved. TPTP includes are looked for in the file's folder, then in <see cref="ProverClientOptions.TptpFolder"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="language">What it is written in; null if the file's ending tells: .smt2; .p, .tptp; .cnf, .dimacs.</param>
    /// <exception cref="ArgumentException">The ending does not tell.</exception>
    public static Goal FromFile(string path, GoalLanguage? language = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var known = language ?? GoalLanguages.FromFileName(path)
            ?? throw new ArgumentException($"the language of '{Shown.Quote(path)}' is not known from its ending: say which it is");
        return new Goal(Ranges.Choice(nameof(Language), known), System.IO.Path.GetFullPath(path), default) { Name = path };
    }

    /// <summary>A goal at hand. TPTP includes are looked for in <see cref="ProverClientOptions.TptpFolder"/>.</summary>
    /// <param name="text">The goal.</param>
    /// <param name="language">What it is written in.</param>
    public static Goal FromText(string text, GoalLanguage language) => FromText(Encoding.UTF8.GetBytes(text), language);

    /// <summary>The same in UTF-8. The bytes must not change until the goal is proved.</summary>
    /// <inheritdoc cref="FromText(string, GoalLanguage)"/>
    public static Goal FromText(ReadOnlyMemory<byte> text, GoalLanguage language) => new(Ranges.Choice(nameof(Language), language), null, text);

    private static string? CheckName(string? name) =>
        name is null or { Length: >= 1 and <= GoalBounds.NameLength }
            ? name
            : throw Ranges.Refusal(nameof(Name), $"a name of {name.Length} characters", $"one of 1 to {GoalBounds.NameLength}");
}
