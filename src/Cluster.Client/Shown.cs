using ProverCluster.Messages;

namespace ProverCluster.Client;

/// <summary>Words of others inside our sentences.</summary>
internal static class Shown
{
    private const int Longest = 300;

    public static string Quote(string? text) => VisibleText.Of(WordLimits.Cut(text ?? "", Longest));
}
