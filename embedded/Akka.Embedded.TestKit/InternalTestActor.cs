namespace Akka.TestKit;

/// <summary>Keeps what it gets for the test. It runs on the thread that tells it something, so nothing is under way after a <c>Tell</c>.</summary>
internal sealed class InternalTestActor(BlockingCollection<Envelope> inbox) : ActorBase
{
    protected internal override bool Receive(object message)
    {
        if (message is WatchFor watch) Context.Watch(watch.Subject);
        else inbox.Add(((ActorCell)Context).InHand);
        return true;
    }

    internal sealed record WatchFor(IActorRef Subject);
}
