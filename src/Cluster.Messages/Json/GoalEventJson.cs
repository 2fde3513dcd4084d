using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Json;

/// <summary>The events of a goal as they go over HTTP: a name, and an object.</summary>
public static class GoalEventJson
{
    public const string Accepted = "accepted", RunStarted = "run-started", Decided = "decided", RunEnded = "run-ended", Settled = "settled";

    /// <summary>Every event that there is.</summary>
    public static readonly IReadOnlyList<string> Names = [Accepted, RunStarted, Decided, RunEnded, Settled];

    /// <summary>The event's name; null for one that clients are not told of.</summary>
    public static string? Name(IGoalEvent what) => what switch
    {
        GoalEvents.Accepted => Accepted,
        GoalEvents.RunStarted => RunStarted,
        GoalEvents.Decided => Decided,
        GoalEvents.RunEnded => RunEnded,
        GoalEvents.Settled => Settled,
        _ => null,
    };

    /// <summary>The event's object: of an event that has a name.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="what">The event.</param>
    /// <param name="language">What the goal is written in.</param>
    /// <param name="showOutput">Whether the winner's output is part of the settled goal.</param>
    /// <param name="isCached">Whether the settled goal's verdict came from an earlier race.</param>
    public static void Write(Utf8JsonWriter json, IGoalEvent what, GoalLanguage? language, bool showOutput, bool isCached)
    {
        if (what is GoalEvents.Settled settled)
        {
            GoalJson.Write(json, GoalView.Of(settled.Answer, isCached), language, showOutput);
            return;
        }

        json.WriteStartObject();
        json.WriteString("id", what.Id.Value);
        WriteMembers(json, what);
        json.WriteEndObject();
    }

    /// <summary>
    /// The event, but for what JSON does not tell: an incarnation is 0, and the winner is the first run of its backend. Null for an event nobody knows here.
    /// </summary>
    /// <exception cref="JsonMismatchException">The object is not that event's.</exception>
    public static IGoalEvent? Read(string name, JsonElement json) => name switch
    {
        Accepted => new GoalEvents.Accepted(Goal(json), 0, json.List("planned", BackendOf)),
        RunStarted => new GoalEvents.RunStarted(Goal(json), json.Parsed<RunId>("run", RunId.TryParse), json.Text("node"), At(json)),
        Decided => ReadDecided(json),
        RunEnded => new GoalEvents.RunEnded(Goal(json), RunRowJson.Read(json.Required("run", JsonValueKind.Object))),
        Settled => ReadSettled(GoalJson.Read(json)),
        _ => null,
    };

    /// <summary>Stands for the winning run where only its backend is told.</summary>
    internal static RunId RunOf(GoalId goal, BackendName backend) => new(goal, 0, backend, 1);

    private static void WriteMembers(Utf8JsonWriter json, IGoalEvent what)
    {
        switch (what)
        {
            case GoalEvents.Accepted accepted:
                json.WriteStartArray("planned");
                foreach (var backend in accepted.Planned) json.WriteStringValue(backend.Value);
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
                RunRowJson.Write(json, ended.Row);
                break;
            default:
                throw new ArgumentException($"{what.GetType().Name} is not told to clients", nameof(what));
        }
    }

    private static GoalEvents.Decided ReadDecided(JsonElement json) => new(
        Goal(json),
        GoalJson.ReadVerdict(json),
        json.Szs("szs") ?? throw new JsonMismatchException("'szs' is missing"),
        RunOf(Goal(json), json.Parsed<BackendName>("winner", BackendName.TryParse)),
        At(json));

    private static GoalEvents.Settled ReadSettled(GoalView view) =>
        new(view.Id, view.Answer ?? throw new JsonMismatchException("the goal of the settled event is not settled"));

    private static GoalId Goal(JsonElement json) => json.Parsed<GoalId>("id", GoalId.TryParse);

    private static TimeSpan At(JsonElement json) => json.Milliseconds("atMs") ?? throw new JsonMismatchException("'atMs' is missing");

    private static BackendName BackendOf(JsonElement json) =>
        BackendName.TryParse(JsonReading.TextOf(json, "planned"), out var name) ? name : throw new JsonMismatchException("'planned' holds what is no backend");
}
