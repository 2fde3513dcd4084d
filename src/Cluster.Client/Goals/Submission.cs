using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Client.Goals;

/// <summary>A goal as it is sent, any number of times: always under the one id, so that the cluster has it once.</summary>
internal sealed class Submission(Goal goal, ReadOnlyMemory<byte> text, ProveOptions options)
{
    /// <summary>Characters of a query that every server and proxy takes; what is longer goes as JSON.</summary>
    private const int LongestQuery = 2000;

    public GoalId Id { get; private set; } = goal.Id ?? GoalId.New();

    /// <summary>Whether nobody else can know the id.</summary>
    public bool IsFresh => goal.Id is null;

    /// <summary>What our interest is called, which is one of perhaps several in that goal.</summary>
    public string Interest { get; } = GoalId.New().Value;

    public int Bytes => text.Length;

    /// <summary>From now on it goes by another fresh id.</summary>
    public void Renew() => Id = GoalId.New();

    /// <summary>It is answered with its events, and wanted for as long as the connection lasts.</summary>
    /// <param name="endpoint">Whom to ask.</param>
    /// <param name="age">How much of its deadline has passed; null if it was not known to be there before.</param>
    public HttpRequestMessage Request(Uri endpoint, TimeSpan? age)
    {
        // As raw text if possible: escaped in JSON the longest goals are longer than a body may be.
        var query = string.Join('&', Options().Select(option => $"{option.Name}={Uri.EscapeDataString(option.Value)}"));
        var isShort = query.Length <= LongestQuery;
        var way = $"wait=events&interest={Interest}" + (age is { } passed ? $"&age={Ranges.Words(passed)}" : "");
        return new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, $"v1/goals?{way}{(isShort ? "&" + query : "")}"))
        {
            Content = isShort ? Content(text, "application/" + goal.Language.Name()) : Content(Json(), "application/json"),
        };
    }

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> bytes, string type) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private IEnumerable<(string Name, string Value)> Options()
    {
        foreach (var option in SimpleOptions()) yield return option;
        if (options.Priority is { } priority) yield return ("priority", priority.ToString(CultureInfo.InvariantCulture));
        if (options.Backends.Count > 0) yield return ("backends", string.Join(',', options.Backends));
        foreach (var (key, value) in options.Labels) yield return ("label", $"{key}={value}");
        if (options.ShowOutput) yield return ("show-output", "true");
        if (options.NoCache) yield return ("no-cache", "true");
    }

    // Those that are the same words in the query and in JSON.
    private IEnumerable<(string Name, string Value)> SimpleOptions()
    {
        yield return ("id", Id.Value);
        if (goal.Name is not null) yield return ("name", goal.Name);
        if (options.Timeout is { } deadline) yield return ("timeout", Ranges.Words(deadline));
        if (options.RunTimeout is { } cap) yield return ("run-timeout", Ranges.Words(cap));
        if (options.Memory is { } bytes) yield return ("memory", bytes.ToString(CultureInfo.InvariantCulture) + "B");
        if (options.Strategy is { } strategy) yield return ("strategy", Word(strategy));
    }

    private ReadOnlyMemory<byte> Json()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("language", goal.Language.Name());
        foreach (var (name, value) in SimpleOptions()) json.WriteString(name, value);
        if (options.Priority is { } priority) json.WriteNumber("priority", priority);
        if (options.Backends.Count > 0)
        {
            json.WriteStartArray("backends");
            foreach (var backend in options.Backends) json.WriteStringValue(backend);
            json.WriteEndArray();
        }

        json.WriteStartObject("labels");
        foreach (var (key, value) in options.Labels) json.WriteString(key, value);
        json.WriteEndObject();
        if (options.ShowOutput) json.WriteBoolean("show-output", true);
        if (options.NoCache) json.WriteBoolean("no-cache", true);
        json.WriteString("text", text.Span);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static string Word(Strategy strategy) => strategy switch
    {
        Strategy.Speculative => "speculative",
        Strategy.Sequential => "sequential",
        Strategy.BestOf => "best-of",
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "no such strategy"),
    };
}
