using Microsoft.AspNetCore.Http;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Submissions;

/// <summary>What a client calls one of its interests in a goal, so that it can end that one alone.</summary>
internal static class InterestName
{
    public const string Option = "interest";

    private const int Longest = 64;

    /// <summary>Letters, digits, - and _.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static string Read(string text) =>
        text.Length is > 0 and <= Longest && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? text
            : throw SubmissionOptions.Bad($"{Option} is '{Excerpt.Of(text)}', but 1 to {Longest} letters, digits, - and _ are wanted");

    /// <summary>The one that a request is about, which says nothing else; null for all.</summary>
    /// <exception cref="ProblemException">It says something else.</exception>
    public static string? Of(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(name => name != Option) is { } unknown)
            throw SubmissionOptions.Unknown(unknown, [Option]);
        return query[Option] switch
        {
            [] => null,
            [{ } name] => Read(name),
            _ => throw SubmissionOptions.Bad($"{Option} is said twice"),
        };
    }
}
