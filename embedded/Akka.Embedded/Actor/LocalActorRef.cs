namespace Akka.Actor;

internal sealed class LocalActorRef : ActorRefBase
{
    private readonly Mailbox _mailbox;

    internal LocalActorRef(ActorSystemImpl system, Props props, IInternalActorRef parent, ActorPath path)
    {
        Path = path;
        Cell = new ActorCell(system, this, props, parent);
        _mailbox = Cell.Mailbox;
    }

    public override ActorPath Path { get; }
    internal ActorCell Cell { get; }
    internal override ActorSystemImpl System => Cell.SystemImpl;

    public override void Tell(object message, IActorRef sender)
    {
        InvalidMessageException.IfNull(message);
        _mailbox.Post(new Envelope(message, sender));
    }

    internal override void SendSystem(SystemMessage message) => _mailbox.PostSystem(message);
}
