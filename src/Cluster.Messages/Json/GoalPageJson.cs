using System.Text.Json;
using ProverCluster.Messages.Goals;

namespace ProverCluster.Messages.Json;

/// <summary>One page of a list of goals: <c>{"goals":[...],"next":"..."}</c>. Models, cores and proofs are not part of a list.</summary>
/// <param name="Goals">The goals, newest first.</param>
/// <param name="Next">What the next page is asked for with; null on the last.</param>
public sealed record GoalPageJson(IReadOnlyList<GoalView> Goals, string? Next)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("goals");
        foreach (var goal in Goals) GoalJson.Write(json, goal, language: null, showOutput: false);
        json.WriteEndArray();
        json.WriteString("next", Next);
        json.WriteEndObject();
    }

    /// <exception cref="JsonMismatchException">It is not a page.</exception>
    public static GoalPageJson Read(JsonElement json) => new(json.List("goals", GoalJson.Read), json.OptionalText("next"));
}
