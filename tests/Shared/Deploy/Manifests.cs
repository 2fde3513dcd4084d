using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace ProverCluster.Testing;

/// <summary>What a folder of deploy/k8s comes to: the objects that a cluster would be given.</summary>
/// <param name="Yaml">As kubectl prints them.</param>
/// <param name="Objects">The same, each by itself.</param>
internal sealed record Manifests(string Yaml, IReadOnlyList<JsonElement> Objects)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Manifests>>> s_made = [];

    public static readonly string[] Overlays = ["overlays/local", "overlays/production"];

    /// <summary>Null where they can be made here.</summary>
    public static string? Missing() => Needs.Programs(["kubectl"]) is null ? null : "kubectl not found (1.27 or later, https://kubernetes.io/docs/tasks/tools): it makes the manifests of deploy/k8s";

    /// <summary>Made once: each call of kubectl takes a part of a second.</summary>
    /// <param name="folder">Of deploy/k8s.</param>
    public static Task<Manifests> OfAsync(string folder) => s_made.GetOrAdd(folder, name => new(() => MakeAsync(name))).Value;

    public IEnumerable<JsonElement> Of(string kind) => Objects.Where(each => each.At("kind").GetString() == kind);

    public JsonElement The(string kind, string name) => Of(kind).Single(each => each.At("metadata.name").GetString() == name);

    public IEnumerable<PodTemplate> Pods => Of("StatefulSet").Select(set => new PodTemplate(set, this));

    private static async Task<Manifests> MakeAsync(string folder)
    {
        var yaml = await KubectlAsync("", "kustomize", Path.Combine(Repo.Root, "deploy/k8s", folder));
        // It reads YAML for us: a patch that changes nothing, and asks no server.
        return new Manifests(yaml, [.. Each(await KubectlAsync(yaml, "patch", "--local", "--type=merge", "--patch={}", "--output=json", "--filename=-"))]);
    }

    private static IEnumerable<JsonElement> Each(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { AllowMultipleValues = true });
        var all = new List<JsonElement>();
        while (reader.Read())
            all.Add(JsonElement.ParseValue(ref reader));
        return all;
    }

    private static async Task<string> KubectlAsync(string input, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo("kubectl", words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = (Output: process.StandardOutput.ReadToEndAsync(), Error: process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said.Output : throw new InvalidOperationException($"kubectl {string.Join(' ', words)}: {await said.Error}");
    }
}

internal static class JsonPath
{
    /// <summary>What stands under these keys, one in the other; undefined if there is none.</summary>
    public static JsonElement At(this JsonElement json, string path)
    {
        foreach (var key in path.Split('.'))
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(key, out json))
                return default;
        }

        return json;
    }

    /// <summary>The elements of a list; none where there is no list.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement json, string path) =>
        json.At(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
