using System.Data.Common;

namespace ProverCluster.Node.Store;

/// <summary>What the tables of one database share: its one writer, its readers, its time.</summary>
internal sealed record StoreAccess(StoreDatabase Database, StoreWriter Writer, StoreHealth Health, StoreClock Clock)
{
    public Task<T> WriteAsync<T>(string key, Func<DbDataReader, Task<T>> read, CancellationToken cancellation, params SqlStatement[] statements) =>
        WriteAsync(key, 0, read, cancellation, statements);

    /// <param name="key">Of what is written.</param>
    /// <param name="bytes">What is long in it.</param>
    /// <param name="read">What the caller is told, from the rows of the last statement.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <param name="statements">In this order.</param>
    public Task<T> WriteAsync<T>(string key, long bytes, Func<DbDataReader, Task<T>> read, CancellationToken cancellation, params SqlStatement[] statements) =>
        Writer.WriteAsync(new SqlWrite<T>(read) { Key = key, Bytes = bytes, Statements = statements }, cancellation);

    public async Task<T> ReadAsync<T>(SqlStatement statement, Func<DbDataReader, Task<T>> read, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Database.ReadAsync(statement, read, cancellation);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                var fault = Database.Understand(failure);
                if (fault.Kind == StoreFaultKind.Statement)
                    throw;
                if (attempt >= fault.MostAttempts)
                    throw Health.Fail(fault.Why, failure);
            }
        }
    }
}
