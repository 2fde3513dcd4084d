using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Records;

namespace ProverCluster.Api.Submissions;

/// <summary>A goal as a client has it, with its text.</summary>
internal sealed record Submission(Goal Goal, SubmittedText Text)
{
    /// <summary>Whether its client gave it the id that it has, so that it may be known already.</summary>
    public bool HasOwnId { get; private init; }

    /// <summary>A text that is no goal is a goal that is rejected.</summary>
    public static Submission Of(SubmissionOptions options, GoalLanguage language, ReadOnlyMemory<byte> text, NodeSettings settings)
    {
        var goal = options.Goal(language, TextDigest.Of(text.Span), settings);
        return new Submission(goal, Read(language, text, settings)) { HasOwnId = options.HasId };
    }

    /// <summary>A submission as JSON, the text among its members.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static Submission OfJson(ReadOnlyMemory<byte> body, SubmissionOptions options, ApiTools tools)
    {
        // The text is copied out of it.
        using var copy = tools.Bodies.TryTake(body.Length) ?? throw new ProblemException(Problem.NoRoom);
        var read = JsonSubmission.Read(body.Span, options);
        var name = read.Language ?? throw SubmissionOptions.Bad("language is missing: smtlib2, tptp or dimacs is wanted");
        var language = GoalLanguages.FromName(name)
            ?? throw SubmissionOptions.Bad($"language is '{Excerpt.Of(name)}', but {string.Join(" or ", GoalLanguages.All.Select(each => each.Name))} is wanted");
        return Of(options, language, read.Text ?? throw SubmissionOptions.Bad("text is missing: the goal itself is wanted"), tools.Settings);
    }

    /// <summary>The language of a raw text, by its content type; null for JSON.</summary>
    /// <exception cref="ProblemException">It is of another type.</exception>
    public static GoalLanguage? LanguageOf(string? contentType)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type == "application/json")
            return null;
        return type?.StartsWith(Prefix, StringComparison.Ordinal) == true && GoalLanguages.FromName(type[Prefix.Length..]) is { } language
            ? language
            : throw new ProblemException(Problem.UnknownLanguage(contentType));
    }

    private const string Prefix = "application/";

    private static SubmittedText Read(GoalLanguage language, ReadOnlyMemory<byte> text, NodeSettings settings)
    {
        if (settings.Goals.Refuse(text.Length) is { } refusal)
            return new SubmittedText(null, refusal);
        return GoalReader.TryRead(language, text, out var document, out var rejection) ? new SubmittedText(document, null) : new SubmittedText(null, rejection.ToString());
    }
}
