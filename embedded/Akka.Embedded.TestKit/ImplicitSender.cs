namespace Akka.TestKit;

/// <summary>Makes the test actor the sender of what a test tells, also after an <c>await</c>.</summary>
internal sealed class ImplicitSender(IActorRef speaker) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object state) => ThreadPool.QueueUserWorkItem(_ => Send(d, state), null);

    public override void Send(SendOrPostCallback d, object state)
    {
        var (context, before) = (Current, ActorCell.Outside);
        ActorCell.Outside = speaker;
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            SetSynchronizationContext(context);
            ActorCell.Outside = before;
        }
    }

    public override SynchronizationContext CreateCopy() => this;
}
