using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProverCluster.Api;

/// <summary>Holds every answer that a spec gets against the description: what a route does and the description does not say is a failure of that spec.</summary>
internal sealed partial class Described(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Problems = "application/problem+json";

    /// <summary>What is said before a route is found, and so also where there is none.</summary>
    private static readonly string[] AtTheDoor = ["bad-host", "bad-origin", "no-token", "bad-token", "too-busy"];

    /// <summary>What the server says by itself, without a body, before any of ours has seen the request.</summary>
    public static readonly int[] ByTheServer = [400, 408, 414, 431, 505];

    /// <summary>The description itself.</summary>
    public static JsonElement Document { get; } = Read();

    private static readonly Schema Schemas = new(Document);

    /// <summary>Its responses, with their paths and methods.</summary>
    public static IEnumerable<(string Path, string Method, int Status, JsonElement Response)> Responses =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        from response in method.Value.GetProperty("responses").EnumerateObject()
        select (path.Name, method.Name.ToUpperInvariant(), int.Parse(response.Name), Schemas.Resolve(response.Value));

    /// <summary>The codes that a response may have, by its description.</summary>
    public static IEnumerable<string> Codes(JsonElement response) => response.GetProperty("content").TryGetProperty(Problems, out _)
        ? Word().Matches(response.GetProperty("description").GetString()!.Split(':')[0]).Select(word => word.Value).Intersect(Known)
        : [];

    /// <summary>Each line of a batch's answer.</summary>
    public static void Check(string lines) => Assert.All(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
    {
        using var json = JsonDocument.Parse(line);
        Check(json.RootElement.TryGetProperty("code", out _) ? "Problem" : "Goal", json.RootElement);
    });

    /// <summary>A value by the name of its schema.</summary>
    public static void Check(string schema, JsonElement value) => Assert.Empty(Schemas.Faults(OfName(schema), value, schema));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await CheckAsync(request, response, cancellationToken);
        return response;
    }

    private static async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var (method, path, status, type) = (request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "none");
        var what = $"{status} of {type} to {method} {path}";
        var json = type is "application/json" or Problems ? await ReadAsync(response, cancellation) : default;
        if (type == "none" && response.Content.Headers.ContentLength == 0 && ByTheServer.Contains(status))
            return;
        var routes = Responses.Where(each => IsLike(each.Path, path)).ToList();
        if (!routes.Exists(each => each.Method == method))
        {
            Assert.True(type == Problems, $"{what} is described nowhere");
            Check("Problem", json);
            Assert.Contains(json.GetProperty("code").GetString(), AtTheDoor.Append(routes.Count > 0 ? "wrong-method" : "unknown-route"));
            return;
        }

        var described = routes.Find(each => each.Method == method && each.Status == status).Response;
        Assert.True(described.ValueKind == JsonValueKind.Object && described.GetProperty("content").TryGetProperty(type, out _), $"{what} is not described: {json}");
        if (json.ValueKind != JsonValueKind.Undefined)
            Assert.Empty(Schemas.Faults(described.GetProperty("content").GetProperty(type).GetProperty("schema"), json, what));
        if (type == Problems)
            Assert.Contains(json.GetProperty("code").GetString(), Codes(described));
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        // So that whoever has asked can read it, too.
        await response.Content.LoadIntoBufferAsync(cancellation);
        return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
    }

    private static bool IsLike(string template, string path)
    {
        var (wanted, said) = (template.Split('/'), path.Split('/'));
        return wanted.Length == said.Length && wanted.Zip(said).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0 && pair.Second != "goals:batch"));
    }

    private static IEnumerable<string> Known => OfName("Problem").GetProperty("properties").GetProperty("code").GetProperty("enum").EnumerateArray().Select(code => code.GetString()!);

    private static JsonElement OfName(string schema) => Document.GetProperty("components").GetProperty("schemas").GetProperty(schema);

    private static JsonElement Read()
    {
        using var stream = typeof(ApiServer).Assembly.GetManifestResourceStream("openapi.json")!;
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.Clone();
    }

    [GeneratedRegex("[a-z]+(-[a-z]+)*")]
    private static partial Regex Word();
}
