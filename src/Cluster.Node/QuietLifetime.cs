using Microsoft.Extensions.Hosting;

namespace ProverCluster.Node;

/// <summary>
/// The usual lifetime of a host swallows SIGTERM, SIGINT and SIGQUIT, since it means to stop the program by itself; but a node in somebody
/// else's program is only a part of it, and nobody waits for that stop.
/// </summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
