using System.Text;
using ProverCluster.Client.Goals;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Client;

/// <summary>What is to be decided. A goal in a file is read when its turn comes, so that a list of many costs nothing.</summary>
public sealed record Goal
{
    private Goal(GoalLanguage language) => Language = language;

    /// <summary>What it is written in.</summary>
    public GoalLanguage Language { get; }

    /// <summary>Its name for people, at most 4096 characters; by default the path of its file, or its id.</summary>
    public string? Name { get; init => field = CheckName(value); }

    /// <summary>
    /// Its name in the cluster; null, the default, for a fresh one each time it is proved. With a name of your own a program that was started again finds what came of the
    /// goal, and programs that prove it at the same time share one race: the same text with the same options joins it.
    /// </summary>
    public GoalId? Id { get; init; }

    internal string? Path { get; private init; }

    internal Func<Stream>? Open { get; private init; }

    internal ReadOnlyMemory<byte> Text { get; private init; }

    /// <summary>A goal in a file, which is read when it is proved. TPTP includes are looked for in the file's folder, then in <see cref="ProverClientOptions.TptpFolder"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="language">What it is written in; null if the file's ending tells: .smt2; .p, .tptp; .cnf, .dimacs.</param>
    /// <exception cref="ArgumentException">The ending does not tell.</exception>
    public static Goal FromFile(string path, GoalLanguage? language = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var known = language ?? GoalLanguages.FromFileName(path)
            ?? throw new ArgumentException($"the language of '{Shown.Quote(path)}' is not known from its ending: say which it is");
        return new Goal(Ranges.Choice(nameof(Language), known)) { Path = System.IO.Path.GetFullPath(path), Name = path };
    }

    /// <summary>A goal at hand. TPTP includes are looked for in <see cref="ProverClientOptions.TptpFolder"/>.</summary>
    /// <param name="text">The goal.</param>
    /// <param name="language">What it is written in.</param>
    public static Goal FromText(string text, GoalLanguage language) => FromText(Encoding.UTF8.GetBytes(text), language);

    /// <summary>The same in UTF-8. The bytes must not change until the goal is proved.</summary>
    /// <inheritdoc cref="FromText(string, GoalLanguage)"/>
    public static Goal FromText(ReadOnlyMemory<byte> text, GoalLanguage language) => new(Ranges.Choice(nameof(Language), language)) { Text = text };

    /// <summary>A goal that comes out of a stream, such as standard input: opened, read to its end and closed when it is proved.</summary>
    /// <param name="open">Opens the stream; called once each time the goal is proved.</param>
    /// <param name="language">What it is written in.</param>
    public static Goal FromStream(Func<Stream> open, GoalLanguage language)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new Goal(Ranges.Choice(nameof(Language), language)) { Open = open };
    }

    /// <summary>The text as it is sent: read, and the includes of TPTP in their places. Whether it is a goal, whoever proves it says.</summary>
    /// <param name="tptpFolder">The folder of the TPTP library, for includes that are not beside the goal's file; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting for a file.</param>
    public Task<GoalText> ReadAsync(string? tptpFolder, CancellationToken cancellationToken = default) => GoalTexts.ReadAsync(this, tptpFolder, cancellationToken);

    private static string? CheckName(string? name) =>
        name is null or { Length: >= 1 and <= GoalBounds.NameLength }
            ? name
            : throw Ranges.Refusal(nameof(Name), $"a name of {name.Length} characters", $"one of 1 to {GoalBounds.NameLength}");
}

/// <summary>What a goal's text came to.</summary>
/// <param name="Bytes">In UTF-8; empty if there is a refusal.</param>
/// <param name="Refusal">Why it cannot be had or is none, in one sentence; null if it is there.</param>
public readonly record struct GoalText(ReadOnlyMemory<byte> Bytes, string? Refusal);
