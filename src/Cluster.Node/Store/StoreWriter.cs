using System.Threading.Channels;

namespace ProverCluster.Node.Store;

/// <summary>
/// Group commit: many callers, one transaction and one flush for all that wait. While one batch is on its way to the disk the next one gathers, so nobody waits for
/// company, and nobody pays a flush alone that others could share.
/// </summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    /// <summary>A batch is written in some milliseconds, that the first of it does not wait long for the last.</summary>
    public const int MostWrites = 512;

    /// <summary>Bytes of a batch; a longer text goes alone.</summary>
    public const long MostBytes = 16 << 20;

    /// <summary>Bytes that wait at most, each write with <see cref="Weight"/> more: some thousands of goals.</summary>
    public const long MostWaiting = 96 << 20;

    private const long Weight = 4 << 10;

    private readonly StoreDatabase _database;
    private readonly StoreHealth _health;
    private readonly TimeProvider _clock;
    private readonly Channel<StoreWrite> _waiting = Channel.CreateUnbounded<StoreWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly StoreRoom _room = new(MostWaiting);
    private readonly Task _loop;

    public StoreWriter(StoreDatabase database, StoreHealth health, TimeProvider clock)
    {
        (_database, _health, _clock) = (database, health, clock);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>How long a caller waits for its write at most.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Is told of every transaction, whose writes may be tried again: how many, how long, and whether they are on the disk. Never fails.</summary>
    public Action<int, TimeSpan, bool>? Tried { get; set; }

    /// <summary>Is told of writes once each, when they are on the disk or given up: how many, and which of both. Never fails.</summary>
    public Action<int, bool>? Done { get; set; }

    /// <summary>Returns once it is on the disk.</summary>
    /// <exception cref="StoreUnavailable">It is not known whether it ever will be.</exception>
    public async Task<T> WriteAsync<T>(StoreWrite<T> write, CancellationToken cancellation)
    {
        try
        {
            var left = Patience;
            if (!_room.TryEnter(write.Bytes + Weight))
                left -= await EnterAsync(write.Bytes + Weight, cancellation);
            if (!_waiting.Writer.TryWrite(write))
            {
                _room.Leave(write.Bytes + Weight);
                throw new StoreUnavailable($"{_database.Name}: it is closed") { IsClosed = true };
            }

            return await write.Done.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _clock, cancellation);
        }
        catch (TimeoutException)
        {
            write.IsAbandoned = true;
            throw _health.Fail($"it has not written within {Patience.TotalSeconds:0.#} s", null);
        }
        catch (OperationCanceledException)
        {
            write.IsAbandoned = true;
            throw;
        }
    }

    /// <summary>What waits is written.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    /// <returns>How long it has waited outside.</returns>
    /// <exception cref="TimeoutException">As long as anybody does.</exception>
    private async Task<TimeSpan> EnterAsync(long weight, CancellationToken cancellation)
    {
        var began = _clock.GetTimestamp();
        using var late = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            await _room.EnterAsync(weight, either.Token);
            return _clock.GetElapsedTime(began);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private async Task LoopAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var batch = Gather();
            await WriteAsync([.. batch.OrderBy(write => write.Key, StringComparer.Ordinal)]);
            _room.Leave(batch.Sum(write => write.Bytes + Weight));
        }
    }

    private List<StoreWrite> Gather()
    {
        var batch = new List<StoreWrite>();
        for (var bytes = 0L; batch.Count < MostWrites && _waiting.Reader.TryPeek(out var next) && (batch.Count == 0 || bytes + next.Bytes <= MostBytes);)
        {
            _waiting.Reader.TryRead(out _);
            batch.Add(next);
            bytes += next.Bytes;
        }

        return batch;
    }

    private async Task WriteAsync(IReadOnlyList<StoreWrite> all)
    {
        for (var attempt = 1; ; attempt++)
        {
            StoreWrite[] batch = [.. all.Where(write => !write.IsAbandoned)];
            if (batch.Length == 0)
                return;
            var began = _clock.GetTimestamp();
            var failure = await TryAsync(batch);
            // Not where a failure is caught: what is on the disk is not written again, whoever is told of it.
            Tried?.Invoke(batch.Length, _clock.GetElapsedTime(began), failure is null);
            if (failure is null)
            {
                _health.Work();
                Done?.Invoke(batch.Length, true);
                foreach (var write in batch)
                    write.Succeed();
                return;
            }

            var fault = _database.Understand(failure);
            if (attempt < fault.MostAttempts)
                continue;
            if (fault.Kind == StoreFaultKind.Statement && batch.Length > 1)
            {
                // One of them is to blame, and the others are not to suffer for it.
                await WriteAsync(batch[..(batch.Length / 2)]);
                await WriteAsync(batch[(batch.Length / 2)..]);
                return;
            }

            var why = fault.Kind == StoreFaultKind.Statement ? failure : _health.Fail(fault.Why, failure);
            Done?.Invoke(batch.Length, false);
            foreach (var write in batch)
                write.Fail(why);
            return;
        }
    }

    /// <returns>Why it did not work; null if it did.</returns>
    private async Task<Exception?> TryAsync(StoreWrite[] batch)
    {
        try
        {
            await _database.WriteAsync(batch);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
