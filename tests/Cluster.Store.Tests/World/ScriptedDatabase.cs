using System.Data.Common;
using ProverCluster.Node.Store;

namespace ProverCluster.Store;

/// <summary>A database that does what a spec says, and keeps count.</summary>
internal sealed class ScriptedDatabase : StoreDatabase
{
    /// <summary>The keys of each batch that was tried, in their order.</summary>
    public List<string[]> Batches { get; } = [];

    /// <summary>What happens to a batch; nothing, if it is well.</summary>
    public Func<string[], Task> OnWrite { get; set; } = _ => Task.CompletedTask;

    public override bool IsShared => false;

    public override string Name => "the database";

    public override async Task WriteAsync(IReadOnlyList<StoreWrite> batch)
    {
        string[] keys = [.. batch.Select(write => write.Key)];
        lock (Batches)
            Batches.Add(keys);
        await OnWrite(keys);
        foreach (var write in batch.OfType<IStatements>())
            await write.TakeAsync(null!);
    }

    public override Task<T> ReadAsync<T>(SqlStatement statement, Func<DbDataReader, Task<T>> read, CancellationToken cancellation) => throw new NotSupportedException();

    public override Task<long> WallAsync(CancellationToken cancellation) => Task.FromResult(0L);

    public override StoreFault Understand(Exception failure) => failure is Failed failed ? new StoreFault(failed.Kind, failed.Message) : throw failure;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal sealed class Failed(StoreFaultKind kind) : Exception("this")
    {
        public StoreFaultKind Kind => kind;
    }
}
