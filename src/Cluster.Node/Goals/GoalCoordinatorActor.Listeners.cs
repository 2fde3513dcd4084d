using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Goals;

/// <summary>The part of the coordinator that is about those who wait for the goal: who joins and what they are told.</summary>
internal sealed partial class GoalCoordinatorActor
{
    /// <summary>Somebody joins, or asks again as all do now and then: it is told how things stand.</summary>
    private void OnSubmit(GoalCommands.Submit submit)
    {
        // It asks again, and finds the next coordinator, that knows nothing of a time when nobody waited.
        if (_isAbandoned)
            return;
        if (submit.After > _race!.Plan.Incarnation)
            BeSuperseded();
        if (_isVoid)
        {
            SendBack(submit);
            return;
        }

        // Withdrawn by all who wanted it, or undecided with what was lost while nobody was there to bring it again; and somebody wants it anew.
        if (!_listeners.IsAnyThere && !IsKnown(submit) && _race!.Answer is { Decided: null } answered && (answered.Verdict == Verdict.Withdrawn || answered.Runs.Any(run => run.Outcome == RunOutcome.Lost)))
        {
            LeaveAlone();
            SendBack(submit);
            return;
        }

        if (submit.What.Text != _race!.Plan.Goal.Text || submit.What.Language != _race.Plan.Goal.Language)
        {
            OnOtherGoal(submit);
            return;
        }

        // Whoever submitted the goal before may be gone, and its text with it.
        _source = submit.Source;
        var isFirst = !_hadListeners;
        if (isFirst)
            PublishUnheard();
        Listen(Sender);
        if (isFirst)
            TakeUp();
        // Nobody hears the end of a story without its middle; who has heard a part counts it once.
        foreach (var told in _race!.Story())
            Sender.Tell(told);
    }

    /// <summary>It is for the next life of this coordinator.</summary>
    private void SendBack(GoalCommands.Submit submit) => Context.Parent.Forward(submit with { Left = Left(submit) });

    /// <summary>It goes where what was asked with it goes.</summary>
    private void OnWithdraw(GoalCommands.Withdraw withdraw)
    {
        if (_isLeaving)
            Context.Parent.Forward(withdraw);
        else
            Happen(new RaceHappening.Withdrawn(withdraw.Reason));
    }

    /// <summary>
    /// The id is used once more: whoever knew that it was taken is gone. The goal that it named is not answered for another one; it gives way when nobody wants it, and who
    /// submits asks again.
    /// </summary>
    private void OnOtherGoal(GoalCommands.Submit submit)
    {
        if (_race!.IsSettled)
        {
            Leave();
            SendBack(submit);
        }
        else if (_listeners.IsEmpty)
        {
            Abandon();
        }
    }

    /// <summary>Whether the sender has waited for this race before, here or where it was handed over from.</summary>
    private bool IsKnown(GoalCommands.Submit submit) => _listeners.Contains(Sender) || submit.After == _race!.Plan.Incarnation;

    private void Listen(IActorRef listener)
    {
        _upkeepsAlone = 0;
        _hadListeners = true;
        if (_listeners.Add(listener))
            Context.Watch(listener);
    }
}
