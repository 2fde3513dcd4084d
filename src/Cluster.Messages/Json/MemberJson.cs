using System.Text.Json;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Messages.Json;

/// <summary>Who is in the cluster: <c>{"node":"...","members":[...],"silent":[...]}</c>.</summary>
public static class MemberJson
{
    public static void Write(Utf8JsonWriter json, MembersView view)
    {
        json.WriteStartObject();
        json.WriteString("node", view.Node);
        json.WriteStartArray("members");
        foreach (var member in view.Members) Write(json, member);
        json.WriteEndArray();
        json.WriteWords("silent", view.Silent);
        json.WriteEndObject();
    }

    /// <exception cref="JsonMismatchException">It is not that.</exception>
    public static MembersView Read(JsonElement json) => new(json.Text("node"), json.List("members", ReadMember), json.Words("silent"));

    private static void Write(Utf8JsonWriter json, MemberView member)
    {
        json.WriteStartObject();
        json.WriteString("node", member.Node);
        json.WriteWords("roles", member.Roles);
        json.WriteString("status", member.Status);
        json.WriteBoolean("reachable", member.IsReachable);
        json.WriteBoolean("leader", member.IsLeader);
        json.WriteMilliseconds("ageMs", member.Self?.Age);
        json.WriteString("version", member.Self?.Version);
        json.WriteString("runtime", member.Self?.Runtime);
        json.WriteEndObject();
    }

    private static MemberView ReadMember(JsonElement json)
    {
        var node = json.Text("node");
        var self = json.Milliseconds("ageMs") is { } age ? new NodeAnswers.Described(node, json.Text("version"), json.Text("runtime"), age) : null;
        return new MemberView(node, json.Words("roles"), json.Text("status"), json.Flag("reachable"), json.Flag("leader"), self);
    }
}
