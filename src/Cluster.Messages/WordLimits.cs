namespace ProverCluster.Messages;

/// <summary>How long words may be that come from provers or users: a message travels in one frame, and a prover's words can be a file that it quotes.</summary>
public static class WordLimits
{
    /// <summary>Characters of whatever a prover, or the system below it, says: a fault, a complaint, why it did not start.</summary>
    public const int Prover = 500;

    /// <summary>Characters of the reason of an answer, which quotes every run.</summary>
    public const int Reason = 4096;

    /// <summary>The beginning of a text that is too long. No character is cut in two.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
