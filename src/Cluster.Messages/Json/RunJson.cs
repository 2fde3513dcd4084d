using System.Text.Json;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Messages.Json;

/// <summary>What a node runs: <c>{"node":"...","runs":[{"run":"...","state":"running","processes":[4711],"cpuMs":...}]}</c>.</summary>
public static class RunJson
{
    private static readonly Dictionary<string, RunStage> Stages = Enum.GetValues<RunStage>().ToDictionary(stage => stage.Word());

    public static void Write(Utf8JsonWriter json, NodeRunsView view)
    {
        json.WriteStartObject();
        json.WriteString("node", view.Node);
        json.WriteStartArray("runs");
        foreach (var run in view.Runs) Write(json, run);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <exception cref="JsonMismatchException">It is not that.</exception>
    public static NodeRunsView Read(JsonElement json) => new(json.Text("node"), json.List("runs", ReadRun));

    private static void Write(Utf8JsonWriter json, RunView run)
    {
        json.WriteStartObject();
        json.WriteString("run", run.Run?.ToString());
        json.WriteString("goal", run.Run?.Goal.Value);
        json.WriteString("backend", run.Backend.Value);
        json.WriteString("state", run.Stage.Word());
        json.WriteMilliseconds("ageMs", run.Age);
        WriteProcesses(json, run.Use?.Processes);
        json.WriteMilliseconds("cpuMs", run.Use?.Cpu);
        json.WriteMebibytes("rssMiB", run.Use?.RssBytes);
        if (run.Use is { } use) json.WriteNumber("outputBytes", use.OutputBytes);
        else json.WriteNull("outputBytes");
        json.WriteMilliseconds("tickLateMs", run.Use?.TickLate);
        json.WriteMilliseconds("worstTickLateMs", run.Use?.WorstTickLate);
        json.WriteEndObject();
    }

    private static void WriteProcesses(Utf8JsonWriter json, IReadOnlyList<int>? processes)
    {
        if (processes is null)
        {
            json.WriteNull("processes");
            return;
        }

        json.WriteStartArray("processes");
        foreach (var process in processes) json.WriteNumberValue(process);
        json.WriteEndArray();
    }

    private static RunView ReadRun(JsonElement json) => new(
        json.OptionalParsed<RunId>("run", RunId.TryParse),
        json.Parsed<BackendName>("backend", BackendName.TryParse),
        json.Word("state", Stages),
        json.Milliseconds("ageMs") ?? throw new JsonMismatchException("'ageMs' is missing"),
        json.Milliseconds("cpuMs") is { } cpu ? ReadUse(json, cpu) : null);

    private static RunUse ReadUse(JsonElement json, TimeSpan cpu) => new(
        json.Optional("processes", JsonValueKind.Array) is null ? null : json.List("processes", JsonReading.WholeNumber),
        cpu,
        json.Mebibytes("rssMiB") ?? 0,
        json.Long("outputBytes"),
        json.Milliseconds("tickLateMs") ?? TimeSpan.Zero,
        json.Milliseconds("worstTickLateMs") ?? TimeSpan.Zero);
}
