namespace Akka.Actor;

public class Settings
{
    internal Settings(Config config)
    {
        Config = config;
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout");
        Throughput = config.GetInt("akka.actor.default-dispatcher.throughput");
        DebugUnhandledMessage = config.GetBoolean("akka.actor.debug.unhandled");
        LogLevel = Logging.LogLevelFor(config.GetString("akka.loglevel"));
    }

    public Config Config { get; }
    public TimeSpan AskTimeout { get; }
    public bool DebugUnhandledMessage { get; }
    internal LogLevel LogLevel { get; }
    internal int Throughput { get; }
}
