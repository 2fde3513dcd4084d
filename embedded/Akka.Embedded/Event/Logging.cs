using System.Globalization;

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

/// <summary>The ways in which the runtime itself writes a line. Places are <c>{0}</c>, <c>{1}</c>.</summary>
internal static class LoggingExtensions
{
    public static void Warning(this ILoggingAdapter log, string format, params object[] args) =>
        log.Log(LogLevel.WarningLevel, null, string.Format(CultureInfo.InvariantCulture, format, args));

    public static void Error(this ILoggingAdapter log, Exception cause, string format, params object[] args) =>
        log.Log(LogLevel.ErrorLevel, cause, string.Format(CultureInfo.InvariantCulture, format, args));
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
    /// <summary>Brings up the loggers that a system's configuration names.</summary>
    public static void Start(ActorSystem system)
    {
        Type[] levels = [typeof(Debug), typeof(Info), typeof(Warning), typeof(Error)];
        foreach (var name in system.Settings.Config.GetStringList("akka.loggers"))
        {
            var logger = name.StartsWith("Akka.Event.", StringComparison.Ordinal) ? new StandardErrorLog(system) : Settings.Make<StandardErrorLog>("akka.loggers", name, system);
            foreach (var level in levels.Skip((int)system.Settings.LogLevel)) system.EventStream.Subscribe(logger, level);
        }
    }

    protected override void Handle(object message) => Console.Error.WriteLine(message);
}
