using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Texts;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Wire;

/// <summary>
/// How every message is written between nodes: all of it stands in this file, and none of it changes its meaning while a cluster lives (docs/wire.md).
/// Members are written by their names in camel case; one that may be null or has a default may be missing; unknown ones are ignored.
/// </summary>
internal static class WireSchema
{
    /// <summary>Of our serializer among all of an actor system; Akka's own are below 100.</summary>
    public const int Identifier = 4051;

    /// <summary>Bytes of a message, at most: what Akka.Remote's frame of 1 MiB leaves beside the paths of receiver and sender.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>Levels of nesting; the deepest message, a settled record that is handed over, has eight.</summary>
    private const int MostDepth = 12;

    // Before the table of types, which asks for it.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // What a message derives from its members is not said twice.
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = MostDepth,
        // This is not a web page: the quotes and angles of provers' words stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = WireContext.Default.WithAddedModifier(NullMayBeMissing).WithAddedModifier(Agrees),
        Converters =
        {
            new WrittenAs<GoalId, string>(id => id.Value, GoalId.Parse),
            new WrittenAs<BackendName, string>(name => name.Value, BackendName.Parse),
            new WrittenAs<RunId, string>(run => run.ToString(), RunId.Parse),
            new WrittenAs<TextDigest, string>(WireValues.Write, WireValues.ReadDigest),
            new WrittenAs<TimeSpan, long>(span => span.Ticks, TimeSpan.FromTicks),
            new WrittenAs<SlotRank, WireRank>(WireRank.Of, rank => rank.Read()),
            new WrittenAs<RunEnd, WireEnd>(WireEnd.Of, end => end.Read()),
            new WrittenAs<ProverOutput, WireOutput>(WireOutput.Of, output => output.Read()),
            new WrittenAs<IGoalEvent, WireEvent>(WireEvent.Of, told => told.Read()),
            new ListOf<BackendName>(),
            new ListOf<BackendOffer>(),
            new ListOf<RunRow>(),
            new ListOf<RunState>(),
            new ListOf<IGoalEvent>(),
            new ListOf<ListedGoal>(),
            new ListOf<RunView>(),
            new ListOf<ShardView>(),
            new ListOf<ActorView>(),
            new ListOf<string>(),
            new LabelsOf(),
            new WordFor<Verdict>(null, "unknown", "proved", "refuted", "rejected", "withdrawn"),
            new WordFor<Strategy>(null, "speculative", "sequential", "bestOf"),
            new WordFor<GoalLanguage>(null, "smtlib2", "tptp", "dimacs"),
            new WordFor<GoalState>(null, "open", "decided", "settled"),
            new WordFor<Refusal>(Refusal.Full, "full", "draining", "superseded"),
            new WordFor<RunStage>(RunStage.Running, "fetching", "starting", "running", "stopping", "ended"),
            new WordFor<NoStart>(NoStart.Failed, "stopped", "unavailable", "inputNotWritten", "failed"),
            new WordFor<StopReason>(StopReason.Preempted, "preempted", "timedOut", "memoryOut", "outputTooLarge", "withdrawn", "drained"),
            new WordFor<RunOutcome>(
                RunOutcome.Error,
                "won", "agreed", "disagreed", "preempted", "timedOut", "memoryOut", "outputTooLarge", "gaveUp", "error", "unavailable", "withdrawn", "lost"),
            new WordFor<SzsStatus>(
                SzsStatus.Unknown,
                "Unknown", "Theorem", "Unsatisfiable", "ContradictoryAxioms", "CounterSatisfiable", "Satisfiable", "GaveUp", "Timeout", "ResourceOut", "MemoryOut",
                "Incomplete", "Inappropriate", "Forced", "User", "Error", "OSError", "InputError", "SyntaxError", "SemanticError", "TypeError", "UsageError"),
        },
    };

    /// <summary>Every message with its manifest.</summary>
    public static readonly IReadOnlyList<WireType> All =
    [
        Json<GoalCommands.Submit>("submit"),
        Json<GoalCommands.Withdraw>("withdraw"),
        Json<GoalCommands.Resume>("resume"),
        Json<GoalEvents.Accepted>("accepted"),
        Json<GoalEvents.Moving>("moving"),
        Json<GoalEvents.RunStarted>("run-started"),
        Json<GoalEvents.Decided>("decided"),
        Json<GoalEvents.RunEnded>("run-ended"),
        Json<GoalEvents.Settled>("settled"),
        Json<RunCommands.Start>("start"),
        Json<RunCommands.Preempt>("preempt"),
        Json<RunCommands.Finish>("finish"),
        Json<RunCommands.Heard>("heard"),
        Json<RunEvents.Refused>("refused"),
        Json<RunEvents.Started>("started"),
        Json<RunEvents.Concluded>("concluded"),
        Json<RunEvents.Ended>("ended"),
        Json<SlotCommands.Want>("want"),
        Json<SlotCommands.Pass>("pass"),
        Json<SlotCommands.Unwant>("unwant"),
        Json<SlotCommands.Claim>("claim"),
        Json<SlotEvents.Granted>("granted"),
        Json<SlotEvents.NotWaiting>("not-waiting"),
        Json<NodeEvents.Offered>("offered"),
        Json<TextCommands.Read>("text-read"),
        Json<TextCommands.Drop>("text-drop"),
        new PieceWireType("text-piece", Info<WirePieceHead>()),
        Json<TextEvents.Missing>("text-missing"),
        Json<RecordCommands.Submit>("record-submit"),
        Json<RecordCommands.Show>("record-show"),
        Json<RecordCommands.Withdraw>("record-withdraw"),
        Json<RecordCommands.Next>("record-next"),
        Json<RecordCommands.Adopt>("record-adopt"),
        Json<RecordCommands.Recover>("record-recover"),
        Json<RecordCommands.List>("record-list"),
        Json<RecordCommands.Count>("record-count"),
        Json<RecordEvents.Shown>("record-shown"),
        Json<RecordEvents.Unknown>("record-unknown"),
        Json<RecordEvents.Conflict>("record-conflict"),
        Json<RecordEvents.Full>("record-full"),
        Json<RecordEvents.AtWork>("record-at-work"),
        Json<RecordEvents.Unavailable>("record-unavailable"),
        Json<RecordEvents.Told>("record-told"),
        Json<RecordEvents.NoMore>("record-no-more"),
        Json<RecordEvents.Listed>("record-listed"),
        Json<RecordEvents.Counted>("record-counted"),
        Json<FlightCommands.Board>("flight-board"),
        Json<FlightCommands.Leave>("flight-leave"),
        Json<FlightCommands.Resume>("flight-resume"),
        Json<FlightEvents.Failed>("flight-failed"),
        Json<NodeQuestions.Describe>("node-describe"),
        Json<NodeQuestions.Runs>("node-runs"),
        Json<NodeQuestions.Shards>("node-shards"),
        Json<NodeQuestions.Actors>("node-actors"),
        Json<NodeQuestions.Leave>("node-leave"),
        Json<NodeAnswers.Described>("node-described"),
        Json<NodeAnswers.Runs>("node-has-runs"),
        Json<NodeAnswers.Shards>("node-has-shards"),
        Json<NodeAnswers.Actors>("node-has-actors"),
        Json<NodeAnswers.Leaving>("node-leaving"),
    ];

    /// <summary>How a message, or a part of one, is written.</summary>
    public static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonWireType Json<T>(string manifest) => new(manifest, Info<T>());

    /// <summary>Null is written by writing nothing, so a member that may be null is never required.</summary>
    private static void NullMayBeMissing(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
            member.IsRequired &= !member.IsSetNullable;
    }

    /// <summary>What is there only together: whoever goes on with a race relies on it.</summary>
    private static void Agrees(JsonTypeInfo type)
    {
        if (type.Type != typeof(RunState))
            return;
        type.OnDeserialized = read =>
        {
            var run = (RunState)read;
            if ((run.Stop is null) != (run.StopAt is null) || (run.Report is null) != (run.EndedAt is null)
                || (run.Verdict is null) != (run.Szs is null) || (run.Verdict is null) != (run.VerdictAt is null))
                throw new JsonException("a run's state without its time");
        };
    }
}

[JsonSerializable(typeof(GoalCommands.Submit))]
[JsonSerializable(typeof(GoalCommands.Withdraw))]
[JsonSerializable(typeof(GoalCommands.Resume))]
[JsonSerializable(typeof(GoalEvents.Accepted))]
[JsonSerializable(typeof(GoalEvents.Moving))]
[JsonSerializable(typeof(GoalEvents.RunStarted), TypeInfoPropertyName = "GoalRunStarted")]
[JsonSerializable(typeof(GoalEvents.Decided))]
[JsonSerializable(typeof(GoalEvents.RunEnded))]
[JsonSerializable(typeof(GoalEvents.Settled))]
[JsonSerializable(typeof(RunCommands.Start))]
[JsonSerializable(typeof(RunCommands.Preempt))]
[JsonSerializable(typeof(RunCommands.Finish))]
[JsonSerializable(typeof(RunCommands.Heard))]
[JsonSerializable(typeof(RunEvents.Refused))]
[JsonSerializable(typeof(RunEvents.Started))]
[JsonSerializable(typeof(RunEvents.Concluded))]
[JsonSerializable(typeof(RunEvents.Ended))]
[JsonSerializable(typeof(SlotCommands.Want))]
[JsonSerializable(typeof(SlotCommands.Pass))]
[JsonSerializable(typeof(SlotCommands.Unwant))]
[JsonSerializable(typeof(SlotCommands.Claim))]
[JsonSerializable(typeof(SlotEvents.Granted))]
[JsonSerializable(typeof(SlotEvents.NotWaiting))]
[JsonSerializable(typeof(NodeEvents.Offered))]
[JsonSerializable(typeof(TextCommands.Read))]
[JsonSerializable(typeof(TextCommands.Drop))]
[JsonSerializable(typeof(TextEvents.Missing))]
[JsonSerializable(typeof(RecordCommands.Submit), TypeInfoPropertyName = "RecordSubmit")]
[JsonSerializable(typeof(RecordCommands.Show))]
[JsonSerializable(typeof(RecordCommands.Withdraw), TypeInfoPropertyName = "RecordWithdraw")]
[JsonSerializable(typeof(RecordCommands.Next))]
[JsonSerializable(typeof(RecordCommands.Adopt))]
[JsonSerializable(typeof(RecordCommands.Recover))]
[JsonSerializable(typeof(RecordCommands.List))]
[JsonSerializable(typeof(RecordCommands.Count))]
[JsonSerializable(typeof(RecordEvents.Shown))]
[JsonSerializable(typeof(RecordEvents.Unknown))]
[JsonSerializable(typeof(RecordEvents.Conflict))]
[JsonSerializable(typeof(RecordEvents.Full))]
[JsonSerializable(typeof(RecordEvents.AtWork))]
[JsonSerializable(typeof(RecordEvents.Unavailable))]
[JsonSerializable(typeof(RecordEvents.Told))]
[JsonSerializable(typeof(RecordEvents.NoMore))]
[JsonSerializable(typeof(RecordEvents.Listed))]
[JsonSerializable(typeof(RecordEvents.Counted))]
[JsonSerializable(typeof(FlightCommands.Board))]
[JsonSerializable(typeof(FlightCommands.Leave), TypeInfoPropertyName = "FlightLeave")]
[JsonSerializable(typeof(FlightCommands.Resume), TypeInfoPropertyName = "FlightResume")]
[JsonSerializable(typeof(FlightEvents.Failed))]
[JsonSerializable(typeof(VerdictProvenance))]
[JsonSerializable(typeof(NodeQuestions.Describe))]
[JsonSerializable(typeof(NodeQuestions.Runs), TypeInfoPropertyName = "NodeRunsAsked")]
[JsonSerializable(typeof(NodeQuestions.Shards), TypeInfoPropertyName = "NodeShardsAsked")]
[JsonSerializable(typeof(NodeQuestions.Actors), TypeInfoPropertyName = "NodeActorsAsked")]
[JsonSerializable(typeof(NodeQuestions.Leave), TypeInfoPropertyName = "NodeLeaveAsked")]
[JsonSerializable(typeof(NodeAnswers.Described))]
[JsonSerializable(typeof(NodeAnswers.Runs))]
[JsonSerializable(typeof(NodeAnswers.Shards))]
[JsonSerializable(typeof(NodeAnswers.Actors))]
[JsonSerializable(typeof(NodeAnswers.Leaving))]
[JsonSerializable(typeof(WireEvent))]
[JsonSerializable(typeof(WirePieceHead))]
[JsonSerializable(typeof(WireRank))]
[JsonSerializable(typeof(WireEnd))]
[JsonSerializable(typeof(WireOutput))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class WireContext : JsonSerializerContext;
