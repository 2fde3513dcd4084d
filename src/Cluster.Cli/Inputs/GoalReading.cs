using ProverCluster.Messages.Languages;

namespace ProverCluster.Cli.Inputs;

/// <summary>From a goal's name to a document, or to the sentence that says why it is no goal.</summary>
/// <param name="texts">Reads files.</param>
/// <param name="tptp">The folder of the TPTP library ($TPTP), or null.</param>
internal sealed class GoalReading(GoalTexts texts, string? tptp)
{
    public async Task<(GoalDocument? Document, string Problem)> ReadAsync(GoalInput input, CancellationToken withdraw)
    {
        if (input.Problem is not null) return (null, input.Problem);
        var (text, problem) = await texts.ReadAsync(input, withdraw);
        if (problem is not null) return (null, problem);
        // Without a known language nothing could be read above, unless the file came into being in between.
        if (input.Language is not { } language) return (null, "its language is not known");
        return Parse(input, language, text);
    }

    private (GoalDocument? Document, string Problem) Parse(GoalInput input, GoalLanguage language, ReadOnlyMemory<byte> text)
    {
        if (language == GoalLanguage.Tptp && !TptpIncludes.TryInline(text, Folders(input), out text, out var refused)) return (null, refused.ToString());
        return GoalReader.TryRead(language, text, out var document, out var rejection) ? (document, "") : (null, rejection.ToString());
    }

    private TptpFolders Folders(GoalInput input) =>
        new(input.Name == GoalInput.StandardInput ? null : Path.GetDirectoryName(Path.GetFullPath(input.Name)), tptp);
}
