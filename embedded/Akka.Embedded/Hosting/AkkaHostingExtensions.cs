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
            var configuration = new AkkaConfigurationBuilder(actorSystemName);
            builder(configuration, provider);
            return configuration;
        });
        services.AddSingleton(provider => provider.GetRequiredService<AkkaConfigurationBuilder>().Create());
        services.AddSingleton<ActorRegistry>();
        services.AddSingleton<IActorRegistry>(provider => provider.GetRequiredService<ActorRegistry>());
        services.AddSingleton<IReadOnlyActorRegistry>(provider => provider.GetRequiredService<ActorRegistry>());
        services.AddSingleton(typeof(IRequiredActor<>), typeof(RequiredActor<>));
        return services.AddHostedService<AkkaHostedService>();
    }

    public static AkkaConfigurationBuilder AddHocon(this AkkaConfigurationBuilder builder, Config hocon, HoconAddMode addMode) => builder.AddConfig(hocon, addMode);

    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder builder, Action<ActorSystem, IActorRegistry> actorStarter) =>
        builder.AddStarter(actorStarter);
}

/// <summary>Ties the two lives together: the host stops the actors in phases, and a system that ends by itself stops the host.</summary>
internal sealed class AkkaHostedService(
    AkkaConfigurationBuilder configuration, ActorSystem system, IActorRegistry registry, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        configuration.Start(system, registry);
        _ = system.WhenTerminated.ContinueWith(_ => lifetime.StopApplication(), TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(cancellationToken);
}
