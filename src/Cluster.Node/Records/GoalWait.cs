using Akka.Actor;
using ProverCluster.Messages.Records;

namespace ProverCluster.Node.Records;

/// <summary>Somebody outside the actor system who waits for a goal, from its submission on. The interest ends when this is disposed; until then the goal's text is here.</summary>
/// <param name="text">Holds it; null if the goal has none.</param>
/// <param name="turn">Is given back as soon as the goal is accepted, or is known not to be; null for none.</param>
internal sealed class GoalWait(IDisposable? text, IDisposable? turn) : IDisposable
{
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IRecordEvent> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef _waiter = ActorRefs.Nobody;

    /// <summary>Done as soon as the goal is accepted, or there is an answer already.</summary>
    public Task Accepted => _accepted.Task;

    /// <summary>The settled goal, or why there is none.</summary>
    /// <exception cref="TimeoutException">Nothing was heard of it any more, or nobody waits any more.</exception>
    public Task<IRecordEvent> Answer => _answer.Task;

    public GoalWait By(IActorRef waiter)
    {
        _waiter = waiter;
        return this;
    }

    public void GiveUp() => _waiter.Tell(PoisonPill.Instance, ActorRefs.NoSender);

    public void Dispose()
    {
        GiveUp();
        text?.Dispose();
    }

    internal void Accept()
    {
        turn?.Dispose();
        _accepted.TrySetResult();
    }

    internal void End(IRecordEvent answer)
    {
        _answer.TrySetResult(answer);
        Accept();
    }

    internal void Lose()
    {
        _answer.TrySetException(new TimeoutException("the goal's record was not heard of any more"));
        Accept();
    }
}
