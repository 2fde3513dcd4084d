using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ProverCluster.Messages.Json;

/// <summary>
/// Members of objects that somebody else wrote. What is not what it should be is refused by name; what nobody knows here is skipped, since a later
/// version may say more.
/// </summary>
internal static class JsonReading
{
    /// <summary>The member, or null if it is missing or null.</summary>
    public static JsonElement? Optional(this JsonElement json, string name, JsonValueKind kind)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new JsonMismatchException($"where an object with '{name}' is wanted there is none");
        if (!json.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
            return null;
        return member.ValueKind == kind ? member : throw new JsonMismatchException($"'{name}' is not a JSON {kind.ToString().ToLowerInvariant()}");
    }

    public static JsonElement Required(this JsonElement json, string name, JsonValueKind kind) =>
        json.Optional(name, kind) ?? throw new JsonMismatchException($"'{name}' is missing");

    public static string? OptionalText(this JsonElement json, string name) => json.Optional(name, JsonValueKind.String) is { } text ? TextOf(text, name) : null;

    public static string Text(this JsonElement json, string name) => TextOf(json.Required(name, JsonValueKind.String), name);

    public static int Integer(this JsonElement json, string name) =>
        json.Required(name, JsonValueKind.Number).TryGetInt32(out var value) ? value : throw new JsonMismatchException($"'{name}' is not a whole number");

    public static long Long(this JsonElement json, string name) =>
        json.Required(name, JsonValueKind.Number).TryGetInt64(out var value) ? value : throw new JsonMismatchException($"'{name}' is not a whole number");

    /// <summary>False also where it is missing.</summary>
    public static bool Flag(this JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var member))
            return false;
        return member.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new JsonMismatchException($"'{name}' is neither true nor false"),
        };
    }

    public static IReadOnlyList<T> List<T>(this JsonElement json, string name, Func<JsonElement, T> read) =>
        [.. json.Required(name, JsonValueKind.Array).EnumerateArray().Select(read)];

    /// <summary>Texts, whatever they say.</summary>
    public static IReadOnlyList<string> Words(this JsonElement json, string name) => json.List(name, text => TextOf(text, name));

    /// <summary>A word or name that has its own reader.</summary>
    public static T Parsed<T>(this JsonElement json, string name, Reader<T> read)
        where T : class =>
        json.OptionalParsed(name, read) ?? throw new JsonMismatchException($"'{name}' is missing");

    public static T? OptionalParsed<T>(this JsonElement json, string name, Reader<T> read)
        where T : class =>
        json.OptionalText(name) is not { } text ? null : read(text, out var value) ? value : throw new JsonMismatchException($"'{name}' cannot be what it says");

    /// <summary>One of a closed set of words; null if it is missing or null.</summary>
    public static T? OptionalWord<T>(this JsonElement json, string name, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        json.OptionalText(name) is not { } text ? null : words.TryGetValue(text, out var value) ? value : throw new JsonMismatchException($"'{name}' is a word nobody knows here");

    public static T Word<T>(this JsonElement json, string name, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        json.OptionalWord(name, words) ?? throw new JsonMismatchException($"'{name}' is missing");

    /// <summary>The number that is an element of an array.</summary>
    public static int WholeNumber(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value) ? value : throw new JsonMismatchException("where a whole number is wanted there is none");

    /// <summary>The text of an element of an array called so.</summary>
    public static string TextOf(JsonElement text, string name)
    {
        try
        {
            return text.ValueKind == JsonValueKind.String ? text.GetString()! : throw new JsonMismatchException($"'{name}' holds something that is not a text");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: well-formed JSON, and no text.
            throw new JsonMismatchException($"'{name}' is not a text");
        }
    }

    public delegate bool Reader<T>(string? text, [NotNullWhen(true)] out T? value)
        where T : class;
}
