using System.Data.Common;

namespace ProverCluster.Node.Store;

/// <summary>A kind of database, behind which the two kinds are the same.</summary>
internal abstract class StoreDatabase : IAsyncDisposable
{
    /// <summary>Whether several nodes may use it at once.</summary>
    public abstract bool IsShared { get; }

    /// <summary>For sentences: never with a password in it.</summary>
    public abstract string Name { get; }

    /// <summary>Writes all of it in one transaction and with one flush. When this has failed, none of it is written, or all of it is.</summary>
    public abstract Task WriteAsync(IReadOnlyList<StoreWrite> batch);

    public abstract Task<T> ReadAsync<T>(SqlStatement statement, Func<DbDataReader, Task<T>> read, CancellationToken cancellation);

    /// <summary>The clock on the wall of whatever all nodes with this database share, in milliseconds of Unix time.</summary>
    public abstract Task<long> WallAsync(CancellationToken cancellation);

    public abstract StoreFault Understand(Exception failure);

    public abstract ValueTask DisposeAsync();
}

/// <param name="Kind">What to do about it.</param>
/// <param name="Why">In some words, for a sentence.</param>
internal sealed record StoreFault(StoreFaultKind Kind, string Why)
{
    /// <summary>How often it is worth to try, in all.</summary>
    public int MostAttempts => Kind switch
    {
        StoreFaultKind.Conflict => 8,
        StoreFaultKind.Broken => 2,
        _ => 1,
    };
}

internal enum StoreFaultKind
{
    /// <summary>A statement cannot be carried out, and never could: a mistake of ours.</summary>
    Statement,

    /// <summary>Somebody else was in the way.</summary>
    Conflict,

    /// <summary>The connection is gone: another may do, as after a server was started anew.</summary>
    Broken,

    /// <summary>The database does not work now.</summary>
    Unavailable,
}
