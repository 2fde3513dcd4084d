using System.Data.Common;

namespace ProverCluster.Node.Store;

/// <summary>From rows to values.</summary>
internal static class Rows
{
    /// <summary>Of the first row; null if there is none.</summary>
    public static Func<DbDataReader, Task<T?>> First<T>(Func<DbDataReader, T> row)
        where T : class => async rows => await rows.ReadAsync() ? row(rows) : null;

    public static Func<DbDataReader, Task<IReadOnlyList<T>>> All<T>(Func<DbDataReader, T> row) => async rows =>
    {
        var all = new List<T>();
        while (await rows.ReadAsync())
            all.Add(row(rows));
        return all;
    };

    /// <summary>How many there are.</summary>
    public static async Task<int> CountAsync(DbDataReader rows)
    {
        var count = 0;
        while (await rows.ReadAsync())
            count++;
        return count;
    }

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? NumberOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
