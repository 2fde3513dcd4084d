namespace Akka.Actor;

public class Settings
{
    internal Settings(Config config)
    {
        Config = config;
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout");
        Throughput = config.GetInt("akka.actor.default-dispatcher.throughput");
        LogLevel = LogLevelFor(config.GetString("akka.loglevel"));
    }

    public Config Config { get; }
    internal TimeSpan AskTimeout { get; }
    internal LogLevel LogLevel { get; }
    internal int Throughput { get; }

    /// <summary>A class that the configuration names. The assembly is ignored: here a class of the same name may live in another one.</summary>
    internal static Type ClassAt(string key, string name)
    {
        var bare = name.Split(',')[0].Trim();
        return Type.GetType(name)
            ?? AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(bare)).FirstOrDefault(t => t is not null)
            ?? throw new ConfigurationException($"{key}: there is no class '{name}'.");
    }

    private static LogLevel LogLevelFor(string text) => text?.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        // Above every level.
        "OFF" => (LogLevel)int.MaxValue,
        _ => throw new ArgumentException($"akka.loglevel: '{text}' is not a level; DEBUG, INFO, WARNING, ERROR and OFF are.", nameof(text)),
    };
}
