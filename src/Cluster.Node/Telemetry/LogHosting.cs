using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Telemetry;

internal static class LogHosting
{
    /// <summary>Our own log, unless the configuration names other loggers.</summary>
    /// <param name="builder">To add it to.</param>
    /// <param name="services">May have another place to write than standard error, as a benchmark's node does.</param>
    /// <param name="settings">How to write.</param>
    public static AkkaConfigurationBuilder WithLog(this AkkaConfigurationBuilder builder, IServiceProvider services, TelemetrySettings settings) => builder.WithActors((system, _) =>
    {
        var config = system.Settings.Config;
        if (config.GetStringList("akka.loggers").Count == 0)
            system.ActorOf(LogActor.Props(services.GetService<TextWriter>() ?? Console.Error, config.GetString("akka.loglevel"), settings.Log), "log");
    });
}
