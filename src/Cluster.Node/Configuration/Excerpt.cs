using ProverCluster.Messages;

namespace ProverCluster.Node.Configuration;

/// <summary>Quotes what somebody else wrote inside a sentence of ours: short, on one line, nothing in it that a terminal obeys.</summary>
public static class Excerpt
{
    private const int MaxLength = 100;

    public static string Of(string text) => Visible(text.Length <= MaxLength ? text : text[..MaxLength] + "...");

    /// <inheritdoc cref="VisibleText.Of"/>
    public static string Visible(string text, bool keepLines = false) => VisibleText.Of(text, keepLines);
}
