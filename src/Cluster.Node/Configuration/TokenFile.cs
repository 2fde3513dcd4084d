namespace ProverCluster.Node.Configuration;

/// <summary>The file that says which tokens there are. A complaint about it quotes no value, and no long key: people paste a token into the wrong place.</summary>
internal static class TokenFile
{
    private const UnixFileMode ByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    // Shorter than what `openssl rand -hex 32` makes, or its hash.
    private const int LongestName = 32;

    private static readonly Choice<TokenRoles> Role = new(("submit", TokenRoles.Submit), ("read", TokenRoles.Read), ("admin", TokenRoles.Admin));

    /// <summary>What is in it now.</summary>
    /// <exception cref="SettingsException">It cannot be read, or others than its owner may write it.</exception>
    public static string ReadText(string path)
    {
        try
        {
            // Of the file that is then read, and not of a link to it.
            using var handle = File.OpenHandle(path);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(handle) & ByOthers) != 0)
                throw new SettingsException($"{Excerpt.Visible(path)}: others than its owner may write this file, and whoever writes it may do everything: chmod go-w is wanted");
            using var reader = new StreamReader(new FileStream(handle, FileAccess.Read), HoconFile.Strict);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (HoconFile.IsUnreadable(e))
        {
            throw new SettingsException($"{Excerpt.Visible(path)}: cannot be read as a file of tokens: {Excerpt.Of(e.Message)}");
        }
    }

    /// <exception cref="SettingsException">It is not what is wanted.</exception>
    public static IReadOnlyList<Token> Parse(string path, string text)
    {
        var keys = HoconFile.Parse(path, text, isSecret: true).Root?.GetObject();
        var file = new SettingsReader("", keys is null ? [] : [new SettingsReader.Layer(path, IsShipped: false, keys)]);
        // A file that was cut short is no reason to let nobody in; an empty block is.
        if (file.Optional("tokens")?.Value.IsObject() != true)
            throw new SettingsException($"{Excerpt.Visible(path)}: a block in braces is wanted that is called tokens, and in it one for each token");
        RefuseUnknown(file, path);
        var block = file.Block("tokens");
        Token[] tokens = [.. block.Keys().Select(setting => Read(block, setting))];
        foreach (var (number, token) in tokens.Index())
        {
            if (tokens.Take(number).FirstOrDefault(before => before.Hash.Equals(token.Hash)) is { } other)
                throw new SettingsException($"{Excerpt.Visible(path)}: {other.Name} and {token.Name} have the same sha256, but each token is to be somebody's");
        }
        return tokens;
    }

    private static Token Read(SettingsReader tokens, Setting setting)
    {
        if (!IsName(setting.Key))
            throw new SettingsException($"{Excerpt.Visible(setting.File)}: a token's name is not 1 to {LongestName} letters, digits, '_' or '-', the first a letter or digit");
        if (!setting.Value.IsObject())
            throw new SettingsException($"{setting.Place} is no block in braces with sha256 and roles in it");
        var block = tokens.Block(setting.Key);
        var (hash, roles, most) = (block.Optional("sha256"), block.Optional("roles"), block.Optional("most-open"));
        RefuseUnknown(block, setting.File);
        return new Token(
            setting.Key,
            TokenHash.OfHex(hash?.Text) ?? throw Wrong("sha256", "the SHA-256 of a token, in 64 hexadecimal digits"),
            RolesOf(roles) ?? throw Wrong("roles", "a list in brackets, with one or more of submit, read and admin in it"),
            most is null ? null : Limits.MostOpenOfToken.TryRead(most.Text ?? "", out var number) ? number : throw Wrong("most-open", Limits.MostOpenOfToken.Wanted));

        SettingsException Wrong(string key, string wanted) => new($"{setting.Place}.{key} is not {wanted}");
    }

    private static void RefuseUnknown(SettingsReader block, string path)
    {
        if (block.Keys().Any(setting => setting.Key.Length > LongestName)) throw new SettingsException($"{Excerpt.Visible(path)}: a key is longer than any that is known here");
        block.RefuseUnknown();
    }

    private static TokenRoles? RolesOf(Setting? setting)
    {
        if (setting is null || setting.Value.IsString() || setting.Value.IsObject()) return null;
        var roles = TokenRoles.None;
        foreach (var word in setting.Value.GetArray())
        {
            if (!Role.TryRead((word.IsString() ? word.GetString() : null) ?? "", out var role)) return null;
            roles |= role;
        }
        return roles == TokenRoles.None ? null : roles;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
