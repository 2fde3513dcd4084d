namespace Akka.Actor;

/// <summary>A message with its sender, as it lies in a mailbox or a stash.</summary>
public readonly struct Envelope
{
    internal Envelope(object message, IActorRef sender) => (Message, Sender) = (message, sender);
    public object Message { get; }
    public IActorRef Sender { get; }
}
