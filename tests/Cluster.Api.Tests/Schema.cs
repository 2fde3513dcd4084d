using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProverCluster.Api;

/// <summary>As much of JSON Schema as the description uses; a word that is not known here is a fault of the schema.</summary>
/// <param name="document">Where references lead to.</param>
internal sealed class Schema(JsonElement document)
{
    /// <summary>The element that is meant, itself or by reference.</summary>
    public JsonElement Resolve(JsonElement element)
    {
        while (element.TryGetProperty("$ref", out var reference))
            element = reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, name) => at.GetProperty(name));
        return element;
    }

    /// <summary>What of a value is not as the schema says. A member that it does not name is a fault: it would be missing in the description.</summary>
    /// <param name="schema">It, or a reference to it.</param>
    /// <param name="value">The value.</param>
    /// <param name="at">Where it is.</param>
    public IEnumerable<string> Faults(JsonElement schema, JsonElement value, string at)
    {
        schema = Resolve(schema);
        foreach (var word in schema.EnumerateObject())
        {
            foreach (var fault in Faults(word, value, at))
                yield return fault;
        }
    }

    private IEnumerable<string> Faults(JsonProperty word, JsonElement value, string at) => word.Name switch
    {
        "type" => Say(Words(word.Value).Any(type => IsOf(type, value)), $"{at} is {Short(value)}, and not {word.Value}"),
        "enum" => Say(word.Value.EnumerateArray().Any(each => JsonElement.DeepEquals(each, value)), $"{at} is {Short(value)}, and none of {word.Value}"),
        "pattern" => Say(value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, word.Value.GetString()!), $"{at} is {Short(value)}, and not like {word.Value}"),
        "required" => Members(value) is { } members ? word.Value.EnumerateArray().Select(name => name.GetString()!).Except(members.Select(member => member.Name)).Select(name => $"{at}.{name} is missing") : [],
        "properties" => Members(value)?.SelectMany(member => OfMember(word.Value, member, $"{at}.{member.Name}")) ?? [],
        "items" => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany((item, index) => Faults(word.Value, item, $"{at}[{index}]")) : [],
        "description" => [],
        _ => [$"the schema of {at} has {word.Name}, which these specs do not know"],
    };

    private IEnumerable<string> OfMember(JsonElement properties, JsonProperty member, string at) =>
        properties.TryGetProperty(member.Name, out var known) ? Faults(known, member.Value, at) : [$"{at} is not described"];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "string" => value.ValueKind == JsonValueKind.String,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };

    private static IEnumerable<string> Words(JsonElement word) => word.ValueKind == JsonValueKind.Array ? word.EnumerateArray().Select(each => each.GetString()!) : [word.GetString()!];

    private static IEnumerable<JsonProperty>? Members(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : null;

    private static IEnumerable<string> Say(bool isGood, string fault) => isGood ? [] : [fault];

    private static string Short(JsonElement value) => value.ToString() is { Length: > 80 } text ? $"{text[..80]}..." : $"{value}";
}
