using System.Buffers;

namespace ProverCluster.Messages.Ids;

internal static class Names
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static readonly SearchValues<char> GoalCharacters = SearchValues.Create(Alphanumeric + "._-");
    public static readonly SearchValues<char> BackendCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_+-");

    public static bool IsName(string? text, int maxLength, SearchValues<char> allowed) =>
        !string.IsNullOrEmpty(text)
        && text.Length <= maxLength
        && char.IsAsciiLetterOrDigit(text[0])
        && !text.AsSpan().ContainsAnyExcept(allowed);
}
