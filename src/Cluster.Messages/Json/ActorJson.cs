using System.Text.Json;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Messages.Json;

/// <summary>The actors of a node: <c>{"node":"...","path":"/user","actors":[{"path":"/user/agent","kind":"...","mailbox":0,...}],"truncated":false}</c>.</summary>
public static class ActorJson
{
    public static void Write(Utf8JsonWriter json, ActorTreeView view)
    {
        json.WriteStartObject();
        json.WriteString("node", view.Node);
        json.WriteString("path", view.Path);
        json.WriteStartArray("actors");
        foreach (var actor in view.Actors) Write(json, actor);
        json.WriteEndArray();
        json.WriteBoolean("truncated", view.IsTruncated);
        json.WriteEndObject();
    }

    /// <exception cref="JsonMismatchException">It is not that.</exception>
    public static ActorTreeView Read(JsonElement json) => new(json.Text("node"), json.Text("path"), json.List("actors", ReadActor), json.Flag("truncated"));

    private static void Write(Utf8JsonWriter json, ActorView actor)
    {
        json.WriteStartObject();
        json.WriteString("path", actor.Path);
        json.WriteString("kind", actor.Kind);
        json.WriteString("state", actor.Words?.State);
        json.WriteNumber("mailbox", actor.Mailbox);
        json.WriteString("goal", actor.Words?.Goal?.Value);
        json.WriteString("run", actor.Words?.Run?.ToString());
        json.WriteMilliseconds("ageMs", actor.Words?.Age);
        json.WriteNumber("children", actor.Children);
        json.WriteEndObject();
    }

    private static ActorView ReadActor(JsonElement json) => new(
        json.Text("path"), json.Text("kind"), json.Integer("mailbox"), json.Integer("children"),
        json.OptionalText("state") is { } state
            ? new ActorWords(
                state,
                json.Milliseconds("ageMs"),
                json.OptionalParsed<GoalId>("goal", GoalId.TryParse),
                json.OptionalParsed<RunId>("run", RunId.TryParse))
            : null);
}
