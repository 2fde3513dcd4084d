using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace ProverCluster.Messages.Ids;

/// <summary>Names one goal: 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>, starting with a letter or digit.</summary>
public sealed record GoalId
{
    public const int MaxLength = 64;

    private GoalId(string value) => Value = value;

    public string Value { get; }

    /// <summary>
    /// A fresh id nobody can guess: <c>g</c>, the time in milliseconds as 12 hexadecimal digits, and 24 random ones. As ids come in their own order, a store finds the place
    /// for the next one beside that of the last.
    /// </summary>
    public static GoalId New() => new(string.Create(
        CultureInfo.InvariantCulture, $"g{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds():x12}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}"));

    public static bool TryParse(string? text, [NotNullWhen(true)] out GoalId? id)
    {
        id = Names.IsName(text, MaxLength, Names.GoalCharacters) ? new GoalId(text!) : null;
        return id is not null;
    }

    /// <exception cref="FormatException">The text is not a goal id.</exception>
    public static GoalId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a goal id: 1 to {MaxLength} letters, digits, '.', '_' or '-', the first a letter or digit");

    public override string ToString() => Value;
}
