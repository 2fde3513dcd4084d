using System.Text.Json;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Messages.Json;

/// <summary>What the cluster can run, by node: <c>{"nodes":[{"node":"...","slots":4,...,"backends":[{"backend":"z3","language":"smtlib2","version":"4.8.12"}]}]}</c>.</summary>
public static class NodeJson
{
    private static readonly Dictionary<string, GoalLanguage> Languages = GoalLanguages.All.ToDictionary(entry => entry.Name, entry => entry.Language);

    public static void Write(Utf8JsonWriter json, IEnumerable<NodeView> nodes)
    {
        json.WriteStartObject();
        json.WriteStartArray("nodes");
        foreach (var node in nodes) Write(json, node);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <exception cref="JsonMismatchException">It is not that.</exception>
    public static IReadOnlyList<NodeView> Read(JsonElement json) => json.List("nodes", ReadNode);

    private static void Write(Utf8JsonWriter json, NodeView node)
    {
        json.WriteStartObject();
        json.WriteString("node", node.Node);
        json.WriteNumber("slots", node.Slots);
        json.WriteNumber("free", node.Free);
        json.WriteNumber("waiting", node.Waiting);
        json.WriteBoolean("draining", node.IsDraining);
        json.WriteStartArray("backends");
        foreach (var offer in node.Backends)
        {
            json.WriteStartObject();
            json.WriteString("backend", offer.Backend.Value);
            json.WriteString("language", offer.Language.Name());
            json.WriteString("version", offer.Version);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static NodeView ReadNode(JsonElement json) => new(
        json.Text("node"), json.Integer("slots"), json.Integer("free"), json.Integer("waiting"), json.Flag("draining"),
        json.List("backends", offer => new BackendOffer(
            offer.Parsed<BackendName>("backend", BackendName.TryParse), offer.Word("language", Languages), offer.OptionalText("version"))));
}
