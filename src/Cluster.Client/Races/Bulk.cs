using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ProverCluster.Client.Races;

/// <summary>Many goals, some at once, results in order. Whatever ends it, nothing of it is left behind.</summary>
internal static class Bulk
{
    /// <summary>Results that are there before their turn, for each goal at once: a bound on what is kept when one goal takes long.</summary>
    private const int Ahead = 4;

    public static async IAsyncEnumerable<ProveResult> ProveAsync(
        IAsyncEnumerable<Goal> goals, int parallel, Func<Goal, CancellationToken, Task<ProveResult>> prove, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var places = new SemaphoreSlim(parallel);
        var inOrder = Channel.CreateBounded<Task<ProveResult>>(parallel * Ahead);
        var starting = StartAllAsync(goals, places, goal => prove(goal, stop.Token), inOrder.Writer, stop.Token);
        try
        {
            await foreach (var proving in inOrder.Reader.ReadAllAsync(CancellationToken.None))
            {
                var result = await proving;
                cancellationToken.ThrowIfCancellationRequested();
                yield return result;
            }

            await starting;
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await stop.CancelAsync();
            await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            for (var i = 0; i < parallel; i++) await places.WaitAsync(CancellationToken.None);
        }
    }

    private static async Task StartAllAsync(
        IAsyncEnumerable<Goal> goals, SemaphoreSlim places, Func<Goal, Task<ProveResult>> prove, ChannelWriter<Task<ProveResult>> inOrder, CancellationToken stop)
    {
        try
        {
            // Off the caller's thread, since goals may take their time to come.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await using var each = goals.GetAsyncEnumerator(stop);
            while (await inOrder.WaitToWriteAsync(stop))
            {
                await places.WaitAsync(stop);
                if (await TakeAsync(each, places) is not { } goal) break;
                var proving = prove(goal);
                _ = FreeAsync(proving, places);
                await inOrder.WriteAsync(proving, stop);
            }
        }
        finally
        {
            inOrder.Complete();
        }
    }

    /// <summary>The next goal, for which there is a place; the place is given back if there is none.</summary>
    private static async Task<Goal?> TakeAsync(IAsyncEnumerator<Goal> goals, SemaphoreSlim places)
    {
        var isThere = false;
        try
        {
            // Null is the end here, and would be taken for it.
            var goal = await goals.MoveNextAsync() ? goals.Current ?? throw new ArgumentException("a goal is null", nameof(goals)) : null;
            isThere = goal is not null;
            return goal;
        }
        finally
        {
            if (!isThere) places.Release();
        }
    }

    private static async Task FreeAsync(Task proving, SemaphoreSlim places)
    {
        await proving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        places.Release();
    }
}
