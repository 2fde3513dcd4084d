using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Goals;

/// <summary>The part of the coordinator that is about where its runs go: slots that are granted or refused, nodes that come and are lost, and the moves of its <see cref="Placement"/>.</summary>
internal sealed partial class GoalCoordinatorActor
{
    private void OnSlotEvent(ISlotEvent told)
    {
        if (told.Incarnation != _race!.Plan.Incarnation)
            Strays.Answer(Sender, told);
        else if (told is SlotEvents.Granted granted)
            Place(_placement!.OnGranted(granted, View));
        else if (told is SlotEvents.NotWaiting { Why: Refusal.Superseded })
            BeSuperseded();
        else if (told is SlotEvents.NotWaiting refused)
            Place(_placement!.OnNotWaiting(refused.Node, refused.Why, View));
    }

    private void OnNodeCame(NodeNews.Came came)
    {
        // What was lost with it may be at work there still.
        foreach (var run in _race!.Runs.Where(run => run.Node == came.Node && run.Final?.Report.End is RunEnd.Lost))
            Command(came.Node, new RunCommands.Preempt(run.Id, Strays.Stop));
        Place(_placement!.Forget(came.Node).Spread(View));
    }

    private void OnNodeLeft(NodeNews.Left left)
    {
        _placement = _placement!.Forget(left.Node);
        Happen(new RaceHappening.NodeLost(left.Node, $"node {left.Node} was lost: {left.Why}"));
    }

    /// <summary>Nothing is sought for a race that was handed over before somebody has asked for it.</summary>
    private PlacementView View => new(_tools.Board.Nodes, [.. _race!.Runs.Where(run => run.IsSeeking && _hadListeners).Select(run => run.Id)]);

    private void Place(PlacementStep step)
    {
        _placement = step.Placement;
        // What happens to the race by one move must not be placed anew before the other moves are made.
        _isPlacing = true;
        foreach (var move in step.Moves)
        {
            switch (move)
            {
                case PlacementMove.Place place:
                    _tools.Board.Take(place.Node);
                    Happen(new RaceHappening.Placed(place.Run, place.Node, place.Version, place.Grant, _source));
                    break;
                case PlacementMove.Ask ask:
                    Command(ask.Node, ask.Command);
                    break;
                case PlacementMove.GiveUp giveUp:
                    Happen(new RaceHappening.Unplaceable(giveUp.Run, giveUp.Detail));
                    break;
            }
        }

        _isPlacing = false;
        if (step.Moves.Any(move => move is PlacementMove.GiveUp))
            Place(_placement.Spread(View));
    }
}
