namespace ProverCluster.Messages.Languages;

/// <summary>
/// The copy of a problem that provers get: E's comments of <c>#</c> become TPTP's of <c>%</c>, roles become those that all
/// provers know, and quotes that change nothing become spaces. No formula moves to another line.
/// </summary>
internal static class TptpPlainText
{
    /// <returns>The very same bytes if there is nothing to change.</returns>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> problem)
    {
        var text = problem.Span;
        var (hashes, words) = (new List<int>(), new TptpWords());
        var roles = new List<TptpItem>();
        var scanner = new TptpScanner(text, hashes);
        while (scanner.MoveNext())
        {
            var item = scanner.Current;
            words.Look(text, item.Third);
            // Comments before the role may stay.
            if (!text[item.Second].EndsWith(Role(text, item)))
                roles.Add(item);
        }

        if (hashes.Count + words.NeedlessQuotes.Count + roles.Count == 0)
            return problem;
        var plain = problem.ToArray();
        foreach (var hash in hashes)
            plain[hash] = (byte)'%';
        foreach (var quote in words.NeedlessQuotes)
            plain[quote] = (byte)' ';
        return roles.Count == 0 ? plain : WithRoles(plain, roles);
    }

    private static ReadOnlySpan<byte> Role(ReadOnlySpan<byte> text, TptpItem item) => TptpRoles.Common(item.IsClause(text), TptpRoles.Plain(text[item.Second]));

    private static ReadOnlyMemory<byte> WithRoles(ReadOnlySpan<byte> text, List<TptpItem> items)
    {
        var copy = new MemoryStream(text.Length + items.Count * 8);
        var copied = 0;
        foreach (var item in items)
        {
            copy.Write(text[copied..item.Second.Start.Value]);
            copy.Write(Role(text, item));
            copied = item.Second.End.Value;
        }

        copy.Write(text[copied..]);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }
}
