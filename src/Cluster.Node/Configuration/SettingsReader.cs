namespace ProverCluster.Node.Configuration;

/// <summary>
/// Reads one block, remembers which keys were asked for, and refuses the rest: Akka.NET's HOCON silently takes the
/// default for a misspelt key.
/// </summary>
internal sealed class SettingsReader(SettingsFiles files, string block)
{
    private readonly HashSet<string> _known = [];

    public T Read<T>(string key, Allowed<T> allowed)
        where T : notnull => Optional(key) is { } setting ? setting.Parse(allowed) : throw Missing(key, allowed.Wanted);

    /// <summary>As <see cref="Read{T}"/>, but a word such as "auto" or "none" stands for null.</summary>
    public T? ReadOr<T>(string key, string word, Allowed<T> allowed)
        where T : struct => Optional(key) is { } setting ? setting.ParseOr(word, allowed) : throw Missing(key, allowed.Wanted);

    /// <summary>The topmost value of a key, or null; the key is known from now on.</summary>
    public Setting? Optional(string key)
    {
        _known.Add(key);
        return files.Find($"{block}.{key}");
    }

    /// <summary>A block inside this one; its name is a known key from now on.</summary>
    public SettingsReader Block(string key)
    {
        _known.Add(key);
        return new SettingsReader(files, $"{block}.{key}");
    }

    /// <summary>Every key that stands in the block, in any file.</summary>
    public IEnumerable<Setting> Keys() => files.Below(block);

    public void RefuseUnknown()
    {
        foreach (var setting in Keys())
        {
            if (!_known.Contains(setting.Key))
                throw new SettingsException($"{Excerpt.Of(setting.File)}: {Excerpt.Of(setting.Path)} is not a known key{NearestName.Hint(setting.Key, _known)}");
        }
    }

    public SettingsException Missing(string key, string wanted) => new($"{block}.{key} stands in no file, but {wanted.TrimEnd(',')} is wanted");
}
