using Microsoft.Extensions.Hosting;

namespace Akka.Hosting;

/// <summary>Ties the two lives together: the host stops the actors in phases, and a system that ends by itself stops the host.</summary>
internal sealed class AkkaHostedService(AkkaConfigurationBuilder configuration, ActorSystem system, IHostApplicationLifetime lifetime) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await configuration.Start(system).ConfigureAwait(false);
        _ = StopHostAfterwards();
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(cancellationToken);

    private async Task StopHostAfterwards()
    {
        await system.WhenTerminated.ConfigureAwait(false);
        lifetime.StopApplication();
    }
}
