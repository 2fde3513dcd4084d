namespace Akka.Event;

/// <summary>A listener on the event stream that is no actor: it is done with an event before the one who published it goes on.</summary>
internal abstract class EventSink(ActorSystemImpl system, string name) : ActorRefBase
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", system.Name)) / "system" / name;
    internal override ActorSystemImpl System => system;
    public override void Tell(object message, IActorRef sender) => Handle(message);
    protected abstract void Handle(object message);
}

/// <summary>Writes the log to standard error; standard output belongs to results.</summary>
#pragma warning disable CA1852 // the test kit derives from it
internal class StandardErrorLog(ActorSystemImpl system) : EventSink(system, "log1-DefaultLogger")
{
    protected override void Handle(object message) => Console.Error.WriteLine(message);
}

/// <summary>Tells the log of messages that reached nobody, up to a number of them.</summary>
internal sealed class DeadLetterLog(ActorSystemImpl system, int most) : EventSink(system, "deadLetterListener")
{
    private int _count;

    protected override void Handle(object message)
    {
        if (message is not AllDeadLetters letter || letter is SuppressedDeadLetter) return;
        var count = Interlocked.Increment(ref _count);
        if (count > most) return;
        var from = letter.Sender is null || letter.Sender.Equals(System.DeadLetters) ? "" : $" from {letter.Sender}";
        var fate = letter is UnhandledMessage ? "unhandled" : "not delivered";
        var last = count == most ? ", no more dead letters will be logged" : "";
        System.EventStream.Publish(new Info(null, letter.Recipient.Path.ToString(), letter.Recipient.GetType(),
            $"Message [{letter.Message.GetType().Name}]{from} to {letter.Recipient} was {fate}. [{count}] dead letters encountered{last}."));
    }
}
