namespace Akka.Event;

/// <summary>A listener on the event stream that is no actor: it is done with an event before the one who published it goes on.</summary>
internal abstract class EventSink(ActorSystem system, string name) : ActorRefBase
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", system.Name)) / "system" / name;
    internal override ActorSystem System => system;
    public override void Tell(object message, IActorRef sender) => Handle(message);
    protected abstract void Handle(object message);
}

/// <summary>Writes the log to standard error; standard output belongs to results.</summary>
#pragma warning disable CA1852 // the test kit derives from it
internal class StandardErrorLog(ActorSystem system) : EventSink(system, "log1-DefaultLogger")
{
    protected override void Handle(object message) => Console.Error.WriteLine(message);
}

/// <summary>Tells the log of messages that reached nobody, up to a number of them.</summary>
internal sealed class DeadLetterLog(ActorSystem system, int most) : EventSink(system, "deadLetterListener")
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

/// <summary>Brings up the loggers that a system's configuration names.</summary>
internal static class LoggingStart
{
    public static void StartLoggers(ActorSystem system)
    {
        var config = system.Settings.Config;
        foreach (var name in config.GetStringList("akka.loggers"))
        {
            var logger = StartLogger(system, name);
            Type[] levels = [typeof(Debug), typeof(Info), typeof(Warning), typeof(Error)];
            foreach (var level in levels.Skip((int)system.Settings.LogLevel)) system.EventStream.Subscribe(logger, level);
        }
        var most = config.GetString("akka.log-dead-letters") switch
        {
            "on" or "true" => int.MaxValue,
            "off" or "false" => 0,
            _ => config.GetInt("akka.log-dead-letters"),
        };
        if (most > 0) system.EventStream.Subscribe(new DeadLetterLog(system, most), typeof(AllDeadLetters));
    }

    public static void StopDeadLetterLog(ActorSystem system) => system.EventStream.Unsubscribe(new DeadLetterLog(system, 0));

    private static StandardErrorLog StartLogger(ActorSystem system, string name)
    {
        if (name.Split(',')[0].Trim() is "Akka.Event.DefaultLogger" or "Akka.Event.StandardOutLogger") return new StandardErrorLog(system);
        var type = Settings.ClassAt("akka.loggers", name);
        return typeof(StandardErrorLog).IsAssignableFrom(type) ? (StandardErrorLog)Activator.CreateInstance(type, system)
            : throw new ConfigurationException($"akka.loggers: '{name}' is no logger of this runtime.");
    }
}
