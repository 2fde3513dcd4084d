using System.Data.Common;
using Npgsql;

namespace ProverCluster.Node.Store.Postgres;

/// <summary>The rows of many new goals in one statement: one for each takes the server longer than the rows themselves do.</summary>
internal sealed class PostgresGoalInsert
{
    private readonly Dictionary<string, NewGoalWrite> _byId = new(StringComparer.Ordinal);

    /// <param name="goals">Of those with the same id the first is written.</param>
    public PostgresGoalInsert(IEnumerable<NewGoalWrite> goals)
    {
        foreach (var goal in goals)
        {
            goal.Take(null);
            _byId.TryAdd(goal.Row.Id, goal);
        }
    }

    public bool IsEmpty => _byId.Count == 0;

    public NpgsqlBatchCommand Command()
    {
        NewGoalRow[] rows = [.. _byId.Values.Select(goal => goal.Row)];
        return new NpgsqlBatchCommand(
            """
            insert into goals (id, goal, owner, stands, accepted_at, deadline, content)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bytea[])
            on conflict (id) do nothing returning id, number
            """)
        {
            Parameters =
            {
                Column(rows, row => row.Id), Column(rows, row => row.Goal), Column(rows, row => row.Owner), Column(rows, row => row.Stands), Column(rows, row => row.AcceptedAt),
                Column(rows, row => row.Deadline), Column(rows, row => row.Content),
            },
        };
    }

    /// <summary>Those that were written.</summary>
    public async Task TakeAsync(DbDataReader rows)
    {
        while (await rows.ReadAsync())
            _byId[rows.GetString(0)].Take(rows.GetInt64(1));
    }

    private static NpgsqlParameter<T[]> Column<T>(NewGoalRow[] rows, Func<NewGoalRow, T> value) => new() { TypedValue = Array.ConvertAll(rows, row => value(row)) };
}
