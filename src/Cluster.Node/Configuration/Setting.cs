using Akka.Configuration.Hocon;

namespace ProverCluster.Node.Configuration;

/// <summary>One key's value, and the file it stands in.</summary>
internal sealed record Setting(string File, string Path, HoconValue Value, string Key = "")
{
    /// <summary>True of what tests have checked already, so that a start need not do it at length.</summary>
    public bool IsShipped { get; init; }

    public T Parse<T>(Allowed<T> allowed)
        where T : notnull => Text is { } text && allowed.TryRead(text, out var value) ? value : throw Refuse(allowed.Wanted);

    /// <summary>As <see cref="Parse{T}"/>, but a word such as "auto" or "none" stands for null.</summary>
    public T? ParseOr<T>(string word, Allowed<T> allowed)
        where T : struct
    {
        var text = Text;
        if (text == word) return null;
        return text is not null && allowed.TryRead(text, out var value) ? value : throw Refuse($"'{word}', or {allowed.Wanted},");
    }

    /// <summary>The whole path of a file, which is looked for from the folder of the file that names it; null if the word stands there.</summary>
    public string? ParsePathOr(string word)
    {
        var text = Text;
        if (text == word) return null;
        if (string.IsNullOrEmpty(text) || text.Contains('\0')) throw Refuse($"'{word}', or the path of a file,");
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(File) ?? "", text));
    }

    public IReadOnlyList<T> ParseList<T>(Allowed<T> allowed)
        where T : notnull
    {
        // An empty list is neither a text nor a block, which is all that HOCON tells of it.
        if (Value.IsString() || Value.IsObject()) throw Refuse($"a list in brackets, each {allowed.Wanted},");
        return [.. Value.GetArray().Select(each => new Setting(File, Path, each, Key).Parse(allowed))];
    }

    public SettingsException Refuse(string wanted) => new($"{Place} is '{Excerpt.Of(Shown)}', but {wanted.TrimEnd(',')} is wanted");

    public SettingsException NotKnown(IEnumerable<string> known) => new($"{Place} is not a known key{NearestName.Hint(Key, known)}");

    /// <summary>The file and the key, for the beginning of a sentence.</summary>
    public string Place => $"{Excerpt.Visible(File)}: {Excerpt.Of(Path)}";

    /// <summary>What stands there, if it is a text or a number.</summary>
    public string? Text => Value.IsString() ? Value.GetString() : null;

    private string Shown => Value.IsObject() ? "{...}" : Value.IsString() ? WithoutSecrets(Value.GetString() ?? "null") : "[...]";

    /// <summary>An address may have a password in it.</summary>
    private static string WithoutSecrets(string text) => text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? $"{text[..scheme]}://..." : text;
}
