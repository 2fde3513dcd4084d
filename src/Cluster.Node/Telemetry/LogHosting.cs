using Akka.Hosting;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Telemetry;

internal static class LogHosting
{
    /// <summary>Our own log, unless the configuration names other loggers.</summary>
    public static AkkaConfigurationBuilder WithLog(this AkkaConfigurationBuilder builder, TelemetrySettings settings) => builder.WithActors((system, _) =>
    {
        var config = system.Settings.Config;
        if (config.GetStringList("akka.loggers").Count == 0)
            system.ActorOf(LogActor.Props(Console.Error, config.GetString("akka.loglevel"), settings.Log), "log");
    });
}
