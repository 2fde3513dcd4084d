using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Api;

/// <summary>What happened to a goal, as an object; a settled goal is told as itself.</summary>
internal static class EventJson
{
    public static string Name(IGoalEvent told) => told switch
    {
        GoalEvents.Accepted => "accepted",
        GoalEvents.RunStarted => "run-started",
        GoalEvents.Decided => "decided",
        GoalEvents.RunEnded => "run-ended",
        GoalEvents.Settled => "settled",
        _ => throw new ArgumentOutOfRangeException(nameof(told), told, "no such event in a story"),
    };

    public static void WriteEvent(this Utf8JsonWriter json, IGoalEvent told, RecordView? settled)
    {
        if (settled is not null)
        {
            json.WriteGoal(settled);
            return;
        }

        json.WriteStartObject();
        json.WriteString("id", told.Id.Value);
        switch (told)
        {
            case GoalEvents.Accepted accepted:
                json.WriteStartArray("planned");
                foreach (var backend in accepted.Planned)
                    json.WriteStringValue(backend.Value);
                json.WriteEndArray();
                break;
            case GoalEvents.RunStarted started:
                json.WriteString("run", started.Run.ToString());
                json.WriteString("backend", started.Run.Backend.Value);
                json.WriteString("node", started.Node);
                json.WriteMilliseconds("atMs", started.At);
                break;
            case GoalEvents.Decided decided:
                json.WriteString("verdict", decided.Verdict.Word());
                json.WriteString("szs", decided.Szs.ToString());
                json.WriteString("winner", decided.Winner.Backend.Value);
                json.WriteMilliseconds("atMs", decided.At);
                break;
            case GoalEvents.RunEnded ended:
                json.WritePropertyName("run");
                json.WriteRow(ended.Row);
                break;
        }

        json.WriteEndObject();
    }
}
