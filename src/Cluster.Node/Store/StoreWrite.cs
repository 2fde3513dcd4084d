using System.Data.Common;

namespace ProverCluster.Node.Store;

/// <summary>What one caller wants written, wholly or not at all. It is idempotent: after a failure nobody knows whether it was carried out.</summary>
internal abstract class StoreWrite
{
    /// <summary>A batch is carried out in this order: two nodes that write the same rows in another order each would wait for each other.</summary>
    public required string Key { get; init; }

    /// <summary>The last one has rows, and no other.</summary>
    public required IReadOnlyList<SqlStatement> Statements { get; init; }

    /// <summary>What it weighs while it waits.</summary>
    public long Bytes { get; init; }

    /// <summary>Nobody waits for it any more.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Takes the rows; they count once they are on the disk.</summary>
    public abstract Task TakeAsync(DbDataReader rows);

    public abstract void Succeed();

    public abstract void Fail(Exception why);
}

/// <param name="read">What the caller is told, from the rows.</param>
internal sealed class StoreWrite<T>(Func<DbDataReader, Task<T>> read) : StoreWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _taken = default!;

    public Task<T> Done => _done.Task;

    public override async Task TakeAsync(DbDataReader rows) => _taken = await read(rows);

    public override void Succeed() => _done.TrySetResult(_taken);

    public override void Fail(Exception why) => _done.TrySetException(why);
}
