using System.Data.Common;

namespace ProverCluster.Node.Store;

/// <summary>What one caller wants written, wholly or not at all. It is idempotent: after a failure nobody knows whether it was carried out.</summary>
internal abstract class StoreWrite
{
    /// <summary>A batch is carried out in this order: two nodes that write the same rows in another order each would wait for each other.</summary>
    public required string Key { get; init; }

    /// <summary>What it weighs while it waits.</summary>
    public long Bytes { get; init; }

    /// <summary>Nobody waits for it any more.</summary>
    public bool IsAbandoned { get; set; }

    public abstract void Succeed();

    public abstract void Fail(Exception why);
}

/// <summary>One that tells its caller something.</summary>
internal abstract class StoreWrite<T> : StoreWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => _done.Task;

    /// <summary>Of the last attempt; it counts once it is on the disk.</summary>
    protected T Taken { get; set; } = default!;

    public override void Succeed() => _done.TrySetResult(Taken);

    public override void Fail(Exception why) => _done.TrySetException(why);
}

/// <summary>A write that is made of statements.</summary>
internal interface IStatements
{
    /// <summary>The last one has rows, and no other.</summary>
    IReadOnlyList<SqlStatement> Statements { get; }

    /// <summary>Takes the rows.</summary>
    Task TakeAsync(DbDataReader rows);
}

/// <param name="read">What the caller is told, from the rows.</param>
internal sealed class SqlWrite<T>(Func<DbDataReader, Task<T>> read) : StoreWrite<T>, IStatements
{
    public required IReadOnlyList<SqlStatement> Statements { get; init; }

    public async Task TakeAsync(DbDataReader rows) => Taken = await read(rows);
}
