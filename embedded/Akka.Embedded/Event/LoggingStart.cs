namespace Akka.Event;

/// <summary>What a logger that is an actor gets first; it answers with <see cref="LoggerInitialized"/>.</summary>
public class InitializeLogger : INoSerializationVerificationNeeded
{
    internal InitializeLogger(LoggingBus loggingBus) => LoggingBus = loggingBus;
    public LoggingBus LoggingBus { get; }
}

public class LoggerInitialized : INoSerializationVerificationNeeded, IDeadLetterSuppression;

/// <summary>Brings up the loggers that a system's configuration names.</summary>
internal static class LoggingStart
{
    public static void StartLoggers(ActorSystemImpl system)
    {
        var config = system.Settings.Config;
        foreach (var name in config.GetStringList("akka.loggers"))
        {
            var logger = StartLogger(system, name);
            foreach (var level in Enum.GetValues<LogLevel>().Where(l => l >= system.Settings.LogLevel))
                system.EventStream.Subscribe(logger, level.ClassFor());
        }
        var most = config.GetString("akka.log-dead-letters") switch
        {
            "on" or "true" => int.MaxValue,
            "off" or "false" => 0,
            _ => config.GetInt("akka.log-dead-letters"),
        };
        if (most > 0) system.EventStream.Subscribe(new DeadLetterLog(system, most), typeof(AllDeadLetters));
    }

    public static void StopDeadLetterLog(ActorSystemImpl system) => system.EventStream.Unsubscribe(new DeadLetterLog(system, 0));

    private static IActorRef StartLogger(ActorSystemImpl system, string name)
    {
        if (name.Split(',')[0].Trim() is "Akka.Event.DefaultLogger" or "Akka.Event.StandardOutLogger") return new StandardErrorLog(system);
        var type = TypeNames.Resolve(name, "akka.loggers");
        if (typeof(EventSink).IsAssignableFrom(type)) return (IActorRef)Activator.CreateInstance(type, system);
        var logger = system.SystemActorOf(Props.Create(type), $"log-{type.Name}-{Guid.NewGuid():N}");
        logger.Ask<LoggerInitialized>(new InitializeLogger(system.EventStream), system.Settings.Config.GetTimeSpan("akka.logger-startup-timeout"))
            .GetAwaiter().GetResult();
        return logger;
    }
}
