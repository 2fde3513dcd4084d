namespace ProverCluster.Messages.Languages;

/// <summary>What a <c>set-option</c> asks for, as far as a verdict depends on it.</summary>
internal static class SmtLibOptions
{
    /// <summary>True if answers would no longer come on standard output. The second name is cvc5's own for the first.</summary>
    public static bool RedirectsOutput(ReadOnlySpan<byte> command)
    {
        var tokens = new SmtLibTokens(command);
        for (var skipped = 0; skipped < 3; skipped++)
        {
            if (!tokens.MoveNext())
                return false;
        }

        return (tokens.Current.SequenceEqual(":regular-output-channel"u8) || tokens.Current.SequenceEqual(":out"u8))
            && !(tokens.MoveNext() && tokens.Current.SequenceEqual("\"stdout\""u8));
    }
}
