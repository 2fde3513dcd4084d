using Akka.Configuration.Hocon;

namespace ProverCluster.Node.Configuration;

/// <summary>
/// Reads one block, remembers which keys were asked for, and refuses the rest: Akka.NET's HOCON silently takes the
/// default for a misspelt key. What the files say of the block stays apart, so that each value has its file.
/// </summary>
internal sealed class SettingsReader(string path, IReadOnlyList<SettingsReader.Layer> topFirst)
{
    private readonly HashSet<string> _known = [];

    public T Read<T>(string key, Allowed<T> allowed)
        where T : notnull => Optional(key) is { } setting ? setting.Parse(allowed) : throw Missing(key, allowed.Wanted);

    public IReadOnlyList<T> ReadList<T>(string key, Allowed<T> allowed)
        where T : notnull => Optional(key) is { } setting ? setting.ParseList(allowed) : throw Missing(key, $"a list in brackets, each {allowed.Wanted}");

    /// <summary>As <see cref="Read{T}"/>, but a word such as "auto" or "none" stands for null.</summary>
    public T? ReadOr<T>(string key, string word, Allowed<T> allowed)
        where T : struct => Optional(key) is { } setting ? setting.ParseOr(word, allowed) : throw Missing(key, allowed.Wanted);

    /// <inheritdoc cref="Setting.ParsePathOr"/>
    public string? ReadPathOr(string key, string word) => Optional(key) is { } setting ? setting.ParsePathOr(word) : throw Missing(key, $"'{word}', or the path of a file");

    /// <summary>The topmost value of a key, or null; the key is known from now on.</summary>
    public Setting? Optional(string key)
    {
        _known.Add(key);
        foreach (var layer in topFirst)
        {
            if (layer.Keys.GetKey(key) is { } value) return Setting(layer, key, value);
        }
        return null;
    }

    /// <summary>A block inside this one; its name is a known key from now on.</summary>
    public SettingsReader Block(string key)
    {
        _known.Add(key);
        var layers = new List<Layer>();
        foreach (var layer in topFirst)
        {
            if (layer.Keys.GetKey(key) is not { } value) continue;
            layers.Add(layer with { Keys = value.GetObject() ?? throw Setting(layer, key, value).Refuse("a block in braces") });
        }
        return new SettingsReader(Join(key), layers);
    }

    /// <summary>True if any file but the shipped ones says something of the block.</summary>
    public bool IsLaidOver => topFirst.Any(layer => !layer.IsShipped);

    /// <summary>Every key that stands in the block, in any file, those of the lowest file first.</summary>
    public IEnumerable<Setting> Keys()
    {
        var seen = new HashSet<string>();
        for (var i = topFirst.Count - 1; i >= 0; i--)
        {
            foreach (var (key, value) in topFirst[i].Keys.Items)
            {
                if (seen.Add(key)) yield return Setting(topFirst[i], key, value);
            }
        }
    }

    public void RefuseUnknown()
    {
        foreach (var setting in Keys())
        {
            if (!_known.Contains(setting.Key)) throw setting.NotKnown(_known);
        }
    }

    public SettingsException Missing(string key, string wanted) => new($"{Join(key)} stands in no file, but {wanted.TrimEnd(',')} is wanted");

    private Setting Setting(Layer layer, string key, HoconValue value) => new(layer.File, Join(key), value, key) { IsShipped = layer.IsShipped };

    private string Join(string key) => path.Length == 0 ? key : key.Contains('.') ? $"{path}.\"{key}\"" : $"{path}.{key}";

    /// <summary>What one file says of the block.</summary>
    internal readonly record struct Layer(string File, bool IsShipped, HoconObject Keys);
}
