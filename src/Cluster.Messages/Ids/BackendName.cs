using System.Diagnostics.CodeAnalysis;

namespace ProverCluster.Messages.Ids;

/// <summary>Names one kind of prover, as in the catalogue: 1 to 32 of <c>a-z 0-9 _ + -</c>, starting with a letter or digit.</summary>
public sealed record BackendName
{
    public const int MaxLength = 32;

    private BackendName(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out BackendName? name)
    {
        name = Names.IsName(text, MaxLength, Names.BackendCharacters) ? new BackendName(text!) : null;
        return name is not null;
    }

    /// <exception cref="FormatException">The text is not a backend name.</exception>
    public static BackendName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a backend name: 1 to {MaxLength} lower-case letters, digits, '_', '+' or '-'");

    public override string ToString() => Value;
}
