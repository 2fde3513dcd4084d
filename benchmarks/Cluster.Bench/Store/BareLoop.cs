using System.Data.Common;
using System.Diagnostics;
using ProverCluster.Node.Store;

namespace ProverCluster.Bench.Store;

/// <summary>
/// One goal after the other, each in a transaction of its own: what a careful program does that knows nothing of others who wait. It has a connection of its own with the
/// same settings, a prepared statement, and nothing between itself and the database.
/// </summary>
internal static class BareLoop
{
    private const string Insert = "insert into goals (id, goal, owner, stands, accepted_at, deadline, content) values ($1, $2, $3, $4, $5, $6, $7)";

    /// <summary>What the store writes for a goal that it accepts: its row, with its text in it.</summary>
    /// <returns>How many a second.</returns>
    public static async Task<double> CommitAsync(DbConnection connection, TimeSpan time)
    {
        await using var insert = connection.CreateCommand();
        insert.CommandText = Insert;
        Add(StoreLoad.Goal());
        await insert.PrepareAsync();
        var (began, count) = (Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(began) < time)
        {
            Add(StoreLoad.Goal());
            await insert.ExecuteNonQueryAsync();
            count++;
        }

        return Math.Round(count / Stopwatch.GetElapsedTime(began).TotalSeconds, 1);

        void Add(NewGoal goal)
        {
            object[] values = [goal.What.Id.Value, SqlGoals.Write(goal.What), goal.Owner, 1L, goal.AcceptedAt, (long)goal.Left.TotalMilliseconds, goal.Text!.Value.ToArray()];
            foreach (var (i, value) in values.Index())
            {
                if (insert.Parameters.Count == i)
                {
                    insert.Parameters.Add(insert.CreateParameter());
                    // A server knows them by their place, and a file by their name.
                    if (insert is Microsoft.Data.Sqlite.SqliteCommand) insert.Parameters[i].ParameterName = $"${i + 1}";
                }

                insert.Parameters[i].Value = value;
            }
        }
    }
}
