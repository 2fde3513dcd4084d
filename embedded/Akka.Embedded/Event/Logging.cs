namespace Akka.Event;

/// <summary>A log with a source. What is written is an event on the event stream, for whoever listens there.</summary>
public interface ILoggingAdapter
{
    bool IsEnabled(LogLevel logLevel);

    void Log(LogLevel logLevel, Exception cause, string format);
}

public static class Logging
{
    public static ILoggingAdapter GetLogger(this IActorContext context) =>
        new BusLogging(context.System.EventStream, context.Self.Path.ToString(), context.Props.Type);
}

internal sealed class BusLogging(EventStream bus, string source, Type type) : ILoggingAdapter
{
    public bool IsEnabled(LogLevel logLevel) => logLevel >= bus.LogLevel;

    public void Log(LogLevel logLevel, Exception cause, string format)
    {
        if (!IsEnabled(logLevel)) return;
        bus.Publish(logLevel switch
        {
            LogLevel.DebugLevel => new Debug(cause, source, type, format),
            LogLevel.InfoLevel => new Info(cause, source, type, format),
            LogLevel.WarningLevel => new Warning(cause, source, type, format),
            _ => new Error(cause, source, type, format),
        });
    }
}

/// <summary>
/// Writes the log to standard error; standard output belongs to results. It is no actor: it is done with an event before the one who published it goes on.
/// </summary>
#pragma warning disable CA1852 // the test kit derives from it
internal class StandardErrorLog(ActorSystem system) : ActorRefBase
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", system.Name)) / "system" / "log1-DefaultLogger";
    internal override ActorSystem System => system;
    public override void Tell(object message, IActorRef sender) => Handle((LogEvent)message);

    /// <summary>Brings up the loggers that a system's configuration names.</summary>
    public static void Start(ActorSystem system)
    {
        Type[] levels = [typeof(Debug), typeof(Info), typeof(Warning), typeof(Error)];
        foreach (var name in system.Settings.Config.GetStringList("akka.loggers"))
        {
            var isThis = name.StartsWith("Akka.Event.", StringComparison.Ordinal);
            var logger = isThis ? new StandardErrorLog(system) : Settings.Make<StandardErrorLog>("akka.loggers", name, system);
            foreach (var level in levels.Skip((int)system.Settings.LogLevel)) system.EventStream.Subscribe(logger, level);
        }
    }

    protected virtual void Handle(LogEvent message) => Console.Error.WriteLine(message);
}
