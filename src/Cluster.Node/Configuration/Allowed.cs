using System.Diagnostics.CodeAnalysis;

namespace ProverCluster.Node.Configuration;

/// <summary>The values that a setting may have: one definition for configuration files and the command line alike.</summary>
public abstract class Allowed<T>
    where T : notnull
{
    /// <summary>What is wanted, as the end of the sentence "but ... is wanted".</summary>
    public abstract string Wanted { get; }

    public abstract bool TryRead(string text, [MaybeNullWhen(false)] out T value);

    /// <summary>The whole sentence for a value that cannot be read.</summary>
    public string Complaint(string name, string text) => $"{name} is '{Excerpt.Of(text)}', but {Wanted.TrimEnd(',')} is wanted";
}
