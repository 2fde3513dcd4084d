using System.Collections.Immutable;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Nodes;

/// <summary>
/// Where the runs of one goal go, as a value. A run goes at once to the node with the most free slots that has its backend. Where none looks free the goal
/// waits at every node that could serve it, and a run is bound to a node only when that node has a slot: so no node holds work that another could begin.
/// </summary>
/// <param name="Goal">Which goal.</param>
/// <param name="Incarnation">Which life of its coordinator.</param>
/// <param name="Language">What it is written in.</param>
/// <param name="Priority">Its own.</param>
internal sealed record Placement(GoalId Goal, long Incarnation, GoalLanguage Language, int Priority)
{
    /// <summary>Nodes where the goal waits for a slot, and with which rank it asked there.</summary>
    internal ImmutableDictionary<string, SlotRank> WaitingAt { get; init; } = ImmutableDictionary<string, SlotRank>.Empty;

    /// <summary>Nodes that would not let it wait, for now, and why.</summary>
    internal ImmutableDictionary<string, Refusal> NotAt { get; init; } = ImmutableDictionary<string, Refusal>.Empty;

    /// <summary>The runs that were placed, and on which node.</summary>
    internal ImmutableDictionary<RunId, string> Placed { get; init; } = ImmutableDictionary<RunId, string>.Empty;

    /// <summary>How many of the goal's other backends had been placed before each.</summary>
    internal ImmutableDictionary<BackendName, int> Turns { get; init; } = ImmutableDictionary<BackendName, int>.Empty;

    public bool WaitsAnywhere => !WaitingAt.IsEmpty;

    public static Placement For(Goal goal, long incarnation) => new(goal.Id, incarnation, goal.Language, goal.Priority);

    /// <summary>A run has a node already: the race was handed over.</summary>
    public Placement Keep(RunId run, string node) => this with { Placed = Placed.SetItem(run, node), Turns = Turns.SetItem(run.Backend, TurnOf(run.Backend)) };

    /// <summary>A node came, changed or left: whatever was agreed with it is void.</summary>
    public Placement Forget(string node) => this with { WaitingAt = WaitingAt.Remove(node), NotAt = NotAt.Remove(node) };

    /// <summary>Places what can be placed, and waits for the rest. Told again whenever something changed.</summary>
    public PlacementStep Spread(PlacementView view)
    {
        var draft = new PlacementDraft(this, view);
        draft.PlaceWhereFree();
        draft.WaitForTheRest();
        return draft.Step;
    }

    /// <summary>A node keeps a slot for the goal.</summary>
    public PlacementStep OnGranted(SlotEvents.Granted granted, PlacementView view)
    {
        var draft = new PlacementDraft(this, view);
        var run = draft.SoughtFor(granted.Node);
        // Served elsewhere since it began to wait here, the goal may not be the next any more.
        var waits = run is not null && granted.Next is { } next && next.CompareTo(draft.Rank) < 0;
        if (run is null || waits)
        {
            draft.Pass(granted, waits);
            return draft.Step;
        }

        draft.Place(run, granted.Node, granted.Grant);
        draft.PlaceWhereFree();
        draft.WaitForTheRest();
        return draft.Step;
    }

    /// <summary>A node has no slot for a run after all. One that is full has a place to wait.</summary>
    public Placement Refuse(RunEvents.Refused refused) => this with
    {
        Placed = Placed.Remove(refused.Run),
        NotAt = refused.Why == Refusal.Full ? NotAt : NotAt.SetItem(refused.Node, refused.Why),
    };

    /// <summary>The goal may not wait at a node.</summary>
    public PlacementStep OnNotWaiting(string node, Refusal why, PlacementView view) =>
        (this with { WaitingAt = WaitingAt.Remove(node), NotAt = NotAt.SetItem(node, why) }).Spread(view);

    /// <summary>What is said again now and then, in case it was lost: where the goal waits. Nodes that were full are tried again.</summary>
    public PlacementStep Remind(PlacementView view)
    {
        var draft = new PlacementDraft(this with { NotAt = NotAt.Clear(), WaitingAt = WaitingAt.Clear() }, view);
        draft.WaitForTheRest();
        return draft.Step;
    }

    /// <summary>
    /// A run that was lost, drained or refused has had no turn, and waits for the one that it had: else its goal would wait for ever behind those that come after it,
    /// with nothing but its other runs, which may be the wrong ones.
    /// </summary>
    internal int TurnOf(BackendName backend) => Turns.GetValueOrDefault(backend, Turns.Count);
}

/// <summary>What a placement is decided from.</summary>
/// <param name="Nodes">What is known of the nodes, by their names.</param>
/// <param name="Sought">The runs that want a slot, in the order in which they are to have one.</param>
internal readonly record struct PlacementView(IReadOnlyDictionary<string, NodeEntry> Nodes, IReadOnlyList<RunId> Sought);

/// <summary>A placement after something happened, and what is to be done about it, in that order.</summary>
internal sealed record PlacementStep(Placement Placement, IReadOnlyList<PlacementMove> Moves);

/// <summary>What the coordinator does for a placement. A closed set.</summary>
internal abstract record PlacementMove
{
    private PlacementMove()
    {
    }

    /// <summary>The run goes to that node.</summary>
    public sealed record Place(RunId Run, string Node, string? Version, long? Grant) : PlacementMove;

    /// <summary>Tell this to the node.</summary>
    public sealed record Ask(string Node, ISlotCommand Command) : PlacementMove;

    /// <summary>No node takes the run.</summary>
    public sealed record GiveUp(RunId Run, string Detail) : PlacementMove;
}
