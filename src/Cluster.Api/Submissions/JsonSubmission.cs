using System.Text;
using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Submissions;

/// <summary>The members of a submission in JSON. A long text is unescaped straight into its bytes.</summary>
/// <param name="Language">As it was written; null if it was not.</param>
/// <param name="Text">The goal; null if there is none.</param>
internal sealed record JsonSubmission(string? Language, ReadOnlyMemory<byte>? Text)
{
    private static readonly string[] Names = [.. SubmissionOptions.Names, "language", "text", "backends", "labels"];

    /// <summary>Bytes of anything but the text: the longest name of a goal, each letter as \u0000. What is longer is not made a string of.</summary>
    private const int Longest = 6 * GoalBounds.NameLength;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 4 };

    /// <summary>Reads it, the options straight to where they belong.</summary>
    /// <exception cref="ProblemException">It is not the JSON that is wanted.</exception>
    public static JsonSubmission Read(ReadOnlySpan<byte> body, SubmissionOptions options)
    {
        try
        {
            var json = new Utf8JsonReader(body, Strict);
            var read = ReadObject(ref json, options);
            return json.Read() ? throw new JsonException("there is more after the object") : read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A text that is no UTF-8, or half a surrogate pair, is what the reader calls an invalid operation.
            throw new ProblemException(Problem.BadJson(Excerpt.Of(e.Message)));
        }
    }

    private static JsonSubmission ReadObject(ref Utf8JsonReader json, SubmissionOptions options)
    {
        var read = new JsonSubmission(null, null);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new JsonException("an object is wanted");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadName(ref json);
            json.Read();
            switch (name)
            {
                case "language":
                    read = read with { Language = read.Language is null ? ReadText(ref json, name) : throw Twice(name) };
                    break;
                case "text":
                    read = read with { Text = read.Text is null ? ReadBytes(ref json, name) : throw Twice(name) };
                    break;
                case "backends":
                    options.SetBackends(ReadList(ref json, name));
                    break;
                case "labels":
                    AddLabels(ref json, options);
                    break;
                case "priority":
                    options.Set(name, json.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(json.ValueSpan) : throw Wrong(name, "a number"));
                    break;
                case var flag when SubmissionOptions.Flags.Contains(flag):
                    options.Set(name, json.TokenType is JsonTokenType.True or JsonTokenType.False ? Encoding.UTF8.GetString(json.ValueSpan) : throw Wrong(name, "true or false"));
                    break;
                default:
                    options.Set(Names.Contains(name) ? name : throw SubmissionOptions.Unknown(name, Names), ReadText(ref json, name));
                    break;
            }
        }

        return read;
    }

    private static string ReadName(ref Utf8JsonReader json) =>
        json.ValueSpan.Length <= Longest ? json.GetString()! : throw SubmissionOptions.Bad("an option's name is longer than any that is known");

    private static string ReadText(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType != JsonTokenType.String)
            throw Wrong(name, "a string");
        return json.ValueSpan.Length <= Longest ? json.GetString()! : throw SubmissionOptions.Bad($"{Excerpt.Of(name)} is longer than any option may be");
    }

    private static ReadOnlyMemory<byte> ReadBytes(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType != JsonTokenType.String)
            throw Wrong(name, "a string");
        var bytes = new byte[json.ValueSpan.Length];
        return bytes.AsMemory(0, json.CopyString(bytes));
    }

    private static List<string> ReadList(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw Wrong(name, "an array of strings");
        var items = new List<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == GoalBounds.Backends)
                throw SubmissionOptions.Bad($"{name} has more than the {GoalBounds.Backends} that a goal may name");
            items.Add(ReadText(ref json, name));
        }

        return items;
    }

    private static void AddLabels(ref Utf8JsonReader json, SubmissionOptions options)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw Wrong("labels", "an object of strings");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = ReadName(ref json);
            json.Read();
            options.AddLabel(key, ReadText(ref json, "labels"));
        }
    }

    private static ProblemException Wrong(string name, string wanted) => SubmissionOptions.Bad($"{name} is something else than {wanted}");

    private static ProblemException Twice(string name) => SubmissionOptions.Bad($"{name} is said twice");
}
