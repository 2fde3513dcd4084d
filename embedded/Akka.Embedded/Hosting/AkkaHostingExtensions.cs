using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Akka.Hosting;

public static class AkkaHostingExtensions
{
    /// <summary>An actor system that starts and stops with the host.</summary>
    public static IServiceCollection AddAkka(
        this IServiceCollection services, string actorSystemName, Action<AkkaConfigurationBuilder, IServiceProvider> builder)
    {
        services.AddSingleton(provider =>
        {
            var configuration = new AkkaConfigurationBuilder();
            builder(configuration, provider);
            return configuration;
        });
        services.AddSingleton<ActorSystem>(provider =>
        {
            var configuration = provider.GetRequiredService<AkkaConfigurationBuilder>();
            return new ExtendedActorSystem(actorSystemName, configuration.Config, configuration.Serializers);
        });
        services.AddSingleton<ActorRegistry>();
        services.AddSingleton<IActorRegistry>(provider => provider.GetRequiredService<ActorRegistry>());
        services.AddSingleton<IReadOnlyActorRegistry>(provider => provider.GetRequiredService<ActorRegistry>());
        services.AddSingleton(typeof(IRequiredActor<>), typeof(RequiredActor<>));
        return services.AddHostedService<AkkaHostedService>();
    }

    public static AkkaConfigurationBuilder AddHocon(this AkkaConfigurationBuilder builder, Config hocon, HoconAddMode addMode)
    {
        builder.Config = addMode == HoconAddMode.Prepend ? hocon.WithFallback(builder.Config) : builder.Config.WithFallback(hocon);
        return builder;
    }

    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder builder, Action<ActorSystem, IActorRegistry> actorStarter)
    {
        builder.Starters.Add(actorStarter);
        return builder;
    }
}

/// <summary>Ties the two lives together: the host stops the actors in phases, and a system that ends by itself stops the host.</summary>
internal sealed class AkkaHostedService(
    AkkaConfigurationBuilder configuration, ActorSystem system, IActorRegistry registry, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        configuration.Starters.ForEach(starter => starter(system, registry));
        _ = system.WhenTerminated.ContinueWith(_ => lifetime.StopApplication(), TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(cancellationToken);
}
