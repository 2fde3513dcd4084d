using Microsoft.Extensions.Hosting;

namespace ProverCluster.Node.Store;

/// <summary>
/// Writes down every few seconds what time it is: so that deadlines are known after a stop, and that a node knows whether its store works although nobody uses it just
/// then, in both directions.
/// </summary>
internal sealed class StorePulse(NodeStore store, TimeProvider clock) : BackgroundService
{
    /// <summary>As exactly are deadlines known after a stop, and as soon is it known that a store works again.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await store.BeatAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is StoreUnavailable or OperationCanceledException)
            {
                // The store's health says so to whoever asks.
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
