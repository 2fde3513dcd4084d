using Microsoft.Extensions.Hosting;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Store;

/// <summary>
/// Writes down every few seconds what time it is, and which verdicts were used: so that deadlines are known after a stop, and that a node knows whether its store works although nobody uses it just
/// then, in both directions; each turn is a line in the log.
/// </summary>
internal sealed class StorePulse(NodeStore store, TimeProvider clock, Func<NodeLog> log) : BackgroundService
{
    /// <summary>As exactly are deadlines known after a stop, and as soon is it known that a store works again.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private bool _isTroubled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await BeatAsync(stoppingToken);
                TellTurn();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node ends.
        }
    }

    private async Task BeatAsync(CancellationToken stopping)
    {
        try
        {
            await store.BeatAsync(stopping);
            await store.WriteUsesAsync(stopping);
        }
        catch (StoreUnavailable)
        {
            // The store's health says so to whoever asks.
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // A mistake of ours; but a pulse that ends would leave a node unready for good.
            store.Access.Health.Fail(failure.Message, failure);
        }
    }

    /// <summary>Not at each failure: a store that comes and goes would fill the log.</summary>
    internal void TellTurn()
    {
        var trouble = store.Trouble;
        if (_isTroubled == trouble is not null)
            return;
        _isTroubled = trouble is not null;
        log().Tell(trouble is null ? LogLines.StoreWorksAgain() : LogLines.StoreUnavailable(trouble));
    }
}
