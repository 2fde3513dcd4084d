using System.Diagnostics.CodeAnalysis;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Cli.Inputs;

/// <summary>From a goal's name to a document, or to the sentence that says why it is no goal.</summary>
internal sealed class GoalReading(GoalTexts texts)
{
    public async Task<GoalReadingResult> ReadAsync(GoalInput input, CancellationToken withdraw)
    {
        if (input.Problem is not null || input.Language is not { } language) return new GoalReadingResult(null, input.Problem ?? "its language is not known");
        var (text, problem) = await texts.ReadAsync(input, withdraw);
        return problem is null ? Parse(language, text, input) : new GoalReadingResult(null, problem);
    }

    private static GoalReadingResult Parse(GoalLanguage language, ReadOnlyMemory<byte> text, GoalInput input) => throw new NotImplementedException();
}

/// <summary>A document, or a problem.</summary>
internal readonly record struct GoalReadingResult(GoalDocument? Document, string? Problem)
{
    public void Deconstruct(out GoalDocument? document, out string problem) => (document, problem) = (Document, Problem ?? "");
}
