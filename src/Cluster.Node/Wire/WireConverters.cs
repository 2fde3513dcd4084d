using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ProverCluster.Node.Wire;

/// <summary>Writes a value as another one, which says it all.</summary>
internal sealed class WrittenAs<T, TWritten>(Func<T, TWritten> write, Func<TWritten, T> read) : JsonConverter<T>
    where T : notnull
    where TWritten : notnull
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, options.Info<TWritten>()) is { } written ? read(written) : throw new JsonException("null");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, write(value), options.Info<TWritten>());
}

/// <summary>A list without nulls in it.</summary>
internal sealed class ListOf<T> : JsonConverter<IReadOnlyList<T>>
    where T : class
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var items = new List<T>();
        reader.Expect(JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(JsonSerializer.Deserialize(ref reader, options.Info<T>()) ?? throw new JsonException("null in a list"));
        return items;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var item in value)
            JsonSerializer.Serialize(writer, item, options.Info<T>());
        writer.WriteEndArray();
    }
}

/// <summary>Labels, in the order of their names, so that equal goals have equal bytes.</summary>
internal sealed class LabelsOf : JsonConverter<IReadOnlyDictionary<string, string>>
{
    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.Expect(JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            reader.Expect(JsonTokenType.String);
            labels[key] = reader.GetString()!;
        }

        return labels;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, label) in value.OrderBy(label => label.Key, StringComparer.Ordinal))
            writer.WriteString(key, label);
        writer.WriteEndObject();
    }
}

/// <summary>A word for each value of an enumeration, in the order of the values, whatever the enumeration's own names are.</summary>
internal sealed class WordFor<T> : JsonConverter<T>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<T, JsonEncodedText> _words = [];
    private readonly T? _otherwise;

    /// <param name="otherwise">How to understand a word of a later version; null if a message with one cannot be understood.</param>
    /// <param name="words">From the value 0 on, one each.</param>
    public WordFor(T? otherwise, params string[] words)
    {
        _otherwise = otherwise;
        foreach (var (number, word) in words.Index())
        {
            var value = (T)Enum.ToObject(typeof(T), number);
            _values.Add(word, value);
            _words.Add(value, JsonEncodedText.Encode(word));
        }

        if (!_words.Keys.Order().SequenceEqual(Enum.GetValues<T>().Order()))
            throw new ArgumentException($"{typeof(T).Name} has other values than words", nameof(words));
    }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Expect(JsonTokenType.String);
        return _values.TryGetValue(reader.GetString()!, out var value) ? value : _otherwise ?? throw new JsonException($"no such {typeof(T).Name}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(_words[value]);
}

file static class Reading
{
    public static JsonTypeInfo<T> Info<T>(this JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    public static void Expect(this ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
            throw new JsonException($"{reader.TokenType} where {token} should be");
    }
}
