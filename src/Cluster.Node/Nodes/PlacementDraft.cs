using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Node.Nodes;

/// <summary>One decision of a <see cref="Placement"/> while it is made. Lives no longer than the call that makes it.</summary>
internal sealed class PlacementDraft(Placement placement, PlacementView view)
{
    private readonly List<PlacementMove> _moves = [];
    private readonly List<RunId> _sought = [.. view.Sought];
    private readonly Dictionary<string, int> _taken = [];
    private Placement _placement = placement;

    public PlacementStep Step => new(_placement, _moves);

    /// <summary>Where the goal stands among those that wait.</summary>
    public SlotRank Rank => new(_placement.Priority, _sought.Select(run => _placement.TurnOf(run.Backend)).DefaultIfEmpty(_placement.Turns.Count).Min());

    /// <summary>The first run that wants a slot and that the node has the backend for.</summary>
    public RunId? SoughtFor(string node) =>
        view.Nodes.GetValueOrDefault(node) is { TakesWork: true } entry ? _sought.Find(run => Serves(entry, run)) : null;

    public void Place(RunId run, string node, long? grant)
    {
        _sought.Remove(run);
        _placement = _placement.Keep(run, node) with { WaitingAt = _placement.WaitingAt.Remove(node) };
        _moves.Add(new PlacementMove.Place(run, node, view.Nodes[node].OfferOf(run.Backend, _placement.Language)?.Version, grant));
    }

    public void Pass(SlotEvents.Granted granted, bool waits)
    {
        var waitingAt = _placement.WaitingAt;
        _placement = _placement with { WaitingAt = waits ? waitingAt.SetItem(granted.Node, Rank) : waitingAt.Remove(granted.Node) };
        Ask(granted.Node, new SlotCommands.Pass(_placement.Goal, _placement.Incarnation, granted.Grant, waits ? Rank : null));
    }

    public void PlaceWhereFree()
    {
        foreach (var run in _sought.ToArray())
        {
            if (Freest(run)?.Offered.Node is not { } node)
                continue;
            _taken[node] = _taken.GetValueOrDefault(node) + 1;
            Place(run, node, grant: null);
        }
    }

    public void WaitForTheRest()
    {
        foreach (var (name, node) in view.Nodes)
        {
            var isWanted = node.TakesWork && !_placement.NotAt.ContainsKey(name) && _sought.Exists(run => Serves(node, run));
            if (isWanted && !HoldsItsPlaceAt(name))
            {
                _placement = _placement with { WaitingAt = _placement.WaitingAt.SetItem(name, Rank) };
                Ask(name, new SlotCommands.Want(_placement.Goal, _placement.Incarnation, Rank));
            }
            else if (!isWanted && _placement.WaitingAt.ContainsKey(name))
            {
                _placement = _placement with { WaitingAt = _placement.WaitingAt.Remove(name) };
                Ask(name, new SlotCommands.Unwant(_placement.Goal, _placement.Incarnation));
            }
        }

        _sought.ForEach(GiveUpIfFullEverywhere);
    }

    /// <summary>
    /// Whether it waits there, and no further back than is its due, which a run that was refused may bring forward. Where it stands too far forward it is told who
    /// would be next when it is granted a slot, and passes that on.
    /// </summary>
    private bool HoldsItsPlaceAt(string node) =>
        _placement.WaitingAt.TryGetValue(node, out var rank) && rank.CompareTo(Rank) <= 0;

    /// <summary>Where nobody has the backend now, or who has it is being restarted, somebody may come; where everybody who has it is full, nobody will.</summary>
    private void GiveUpIfFullEverywhere(RunId run)
    {
        var able = view.Nodes.Values.Where(node => node.TakesWork && Serves(node, run)).Select(node => node.Offered.Node).ToArray();
        if (able.Length > 0 && Array.TrueForAll(able, node => _placement.NotAt.TryGetValue(node, out var why) && why == Refusal.Full))
            _moves.Add(new PlacementMove.GiveUp(run, $"the queue of {(able.Length == 1 ? $"node {able[0]}" : "every node that has it")} is full"));
    }

    private NodeEntry? Freest(RunId run) => view.Nodes.Values
        .Where(node => node.TakesWork && FreeAt(node) > 0 && Serves(node, run))
        .Where(node => !_placement.WaitingAt.ContainsKey(node.Offered.Node) && !_placement.NotAt.ContainsKey(node.Offered.Node))
        // A run whose node was lost goes elsewhere, if there is an elsewhere.
        .OrderBy(node => Before(run) == node.Offered.Node)
        .ThenByDescending(FreeAt)
        .ThenBy(node => _placement.Placed.Values.Count(placed => placed == node.Offered.Node))
        // Goals that begin at the same moment do not all begin at the same node.
        .ThenBy(node => (uint)HashCode.Combine(_placement.Goal, node.Offered.Node))
        .FirstOrDefault();

    private int FreeAt(NodeEntry node) => node.Offered.Free - _taken.GetValueOrDefault(node.Offered.Node);

    private bool Serves(NodeEntry node, RunId run) => node.OfferOf(run.Backend, _placement.Language) is not null;

    /// <summary>Where the run was placed before it was lost or drained; null if this is its first time.</summary>
    private string? Before(RunId run) => run.Attempt > 1 ? _placement.Placed.GetValueOrDefault(run with { Attempt = run.Attempt - 1 }) : null;

    private void Ask(string node, ISlotCommand command) => _moves.Add(new PlacementMove.Ask(node, command));
}
