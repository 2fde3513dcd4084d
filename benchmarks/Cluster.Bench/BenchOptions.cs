using ProverCluster.Node.Configuration;

namespace ProverCluster.Bench;

/// <summary>The words behind a benchmark's name: options with one value each, checked against their range.</summary>
internal sealed class BenchOptions
{
    private readonly Dictionary<string, string> _values = [];

    public BenchOptions(string[] words)
    {
        foreach (var pair in words.Chunk(2))
        {
            if (!pair[0].StartsWith("--", StringComparison.Ordinal)) throw new BenchRefusal($"'{pair[0]}' is not an option; --help says more");
            if (pair.Length < 2) throw new BenchRefusal($"{pair[0]} wants a value");
            if (!_values.TryAdd(pair[0], pair[1])) throw new BenchRefusal($"{pair[0]} is given twice");
        }
    }

    public T Take<T>(string name, T otherwise, Allowed<T> allowed)
        where T : notnull
    {
        if (!_values.Remove(name, out var text)) return otherwise;
        return allowed.TryRead(text, out var value) ? value : throw new BenchRefusal(allowed.Complaint(name, text));
    }

    public string? Take(string name) => _values.Remove(name, out var text) ? text : null;

    /// <summary>To be called when every known option was taken.</summary>
    public void RefuseUnknown()
    {
        if (_values.Keys.FirstOrDefault() is { } unknown) throw new BenchRefusal($"'{unknown}' is not a known option; --help says more");
    }
}

/// <summary>What was asked for cannot be done, in a sentence for the user.</summary>
internal sealed class BenchRefusal(string sentence) : Exception(sentence);
