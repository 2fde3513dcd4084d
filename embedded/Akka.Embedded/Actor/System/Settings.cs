namespace Akka.Actor;

public class Settings
{
    internal Settings(Config config)
    {
        Config = config;
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout");
        Throughput = config.GetInt("akka.actor.default-dispatcher.throughput");
        LogLevel = config.GetString("akka.loglevel").ToUpperInvariant() switch
        {
            "DEBUG" => LogLevel.DebugLevel,
            "INFO" => LogLevel.InfoLevel,
            "WARNING" => LogLevel.WarningLevel,
            "ERROR" => LogLevel.ErrorLevel,
            // Above every level.
            "OFF" => (LogLevel)int.MaxValue,
            var other => throw new ArgumentException($"akka.loglevel: '{other}' is not a level; DEBUG, INFO, WARNING, ERROR and OFF are.", nameof(config)),
        };
    }

    public Config Config { get; }
    internal TimeSpan AskTimeout { get; }
    internal LogLevel LogLevel { get; }
    internal int Throughput { get; }

    /// <summary>Makes one of the class that the configuration names. The assembly is ignored: here a class of the same name may live in another one.</summary>
    internal static T Make<T>(string key, string name, params object[] arguments)
    {
        var bare = name.Split(',')[0].Trim();
        var type = AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(bare)).FirstOrDefault(t => t is not null);
        return typeof(T).IsAssignableFrom(type) ? (T)Activator.CreateInstance(type, arguments)
            : throw new ConfigurationException($"{key}: '{name}' is none that this runtime has.");
    }
}
