using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Goals;

/// <summary>A whole race, as one coordinator hands it to the next. Times count from the goal's acceptance.</summary>
/// <param name="Goal">What is raced for.</param>
/// <param name="Incarnation">Which life of the coordinator planned it; whoever goes on with the race keeps it.</param>
/// <param name="At">When this was written down.</param>
/// <param name="Runs">Every run, in the order of the plan.</param>
/// <param name="NobodyCan">What to tell the client if no prover is available.</param>
/// <param name="Winner">Whose decisive verdict is the answer.</param>
/// <param name="Decided">Since when.</param>
/// <param name="WithdrawnBecause">Why the client gave the goal up, or null.</param>
/// <param name="DeadlinePassed">Whether the deadline has stopped the runs.</param>
public sealed record RaceState(
    Goal Goal,
    long Incarnation,
    TimeSpan At,
    IReadOnlyList<RunState> Runs,
    string? NobodyCan,
    RunId? Winner,
    TimeSpan? Decided,
    string? WithdrawnBecause,
    bool DeadlinePassed);

/// <summary>One planned run of a race that is handed over.</summary>
/// <param name="Id">Which run.</param>
/// <param name="Asked">When a slot was first asked for; null while a sequential race has not come to it.</param>
/// <param name="Placed">The node that has it; null while it has none.</param>
/// <param name="Version">The prover's version there, as far as it is known.</param>
/// <param name="Received">By when its node had the request, at the latest.</param>
/// <param name="Started">When it was started, as its listeners were told; null while no start was told.</param>
/// <param name="Stop">Why the race asked for its end.</param>
/// <param name="StopAt">When.</param>
/// <param name="Verdict">Its decisive verdict, once told.</param>
/// <param name="Szs">The status of that verdict.</param>
/// <param name="VerdictAt">When, since its node's receipt of the run.</param>
/// <param name="Report">How it ended.</param>
/// <param name="EndedAt">When that was heard.</param>
public sealed record RunState(
    RunId Id,
    TimeSpan? Asked,
    string? Placed,
    string? Version,
    TimeSpan? Received,
    TimeSpan? Started,
    RunStop? Stop,
    TimeSpan? StopAt,
    Verdict? Verdict,
    SzsStatus? Szs,
    TimeSpan? VerdictAt,
    RunReport? Report,
    TimeSpan? EndedAt);
