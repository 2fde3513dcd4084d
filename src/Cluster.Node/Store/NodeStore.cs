using ProverCluster.Node.Store.Postgres;
using ProverCluster.Node.Store.Sqlite;

namespace ProverCluster.Node.Store;

/// <summary>The store of a node, open.</summary>
internal sealed class NodeStore : IAsyncDisposable
{
    private readonly SqlVerdicts _verdicts;

    private NodeStore(StoreAccess access) => (Access, Goals, _verdicts) = (access, new SqlGoals(access), new SqlVerdicts(access));

    public IGoalStore Goals { get; }

    public IVerdictCache Verdicts => _verdicts;

    /// <summary>For specs that write what no node would.</summary>
    internal StoreAccess Access { get; }

    /// <summary>Whether several nodes may use it at once.</summary>
    public bool IsShared => Access.Database.IsShared;

    /// <summary>For sentences: never with a password in it.</summary>
    public string Name => Access.Database.Name;

    /// <summary>Why it does not work, in a sentence; null if it does.</summary>
    public string? Trouble => Access.Health.Trouble;

    /// <summary>In a folder, without a server: for one node alone.</summary>
    /// <exception cref="StoreRefusal">It cannot be used.</exception>
    public static async Task<NodeStore> OpenAsync(string folder, TimeProvider clock, CancellationToken cancellation = default) =>
        await OpenAsync(await SqliteDatabase.OpenAsync(folder, clock), clock, StoreClock.ThisBoot, cancellation);

    /// <summary>On a PostgreSQL server, which several nodes may share.</summary>
    /// <exception cref="StoreRefusal">It cannot be used.</exception>
    public static async Task<NodeStore> OpenAsync(PostgresUrl url, TimeProvider clock, CancellationToken cancellation = default) =>
        await OpenAsync(await PostgresDatabase.OpenAsync(url, cancellation), clock, StoreClock.ThisBoot, cancellation);

    /// <param name="database">With the tables of this version.</param>
    /// <param name="clock">The node's.</param>
    /// <param name="boot">Names the life of the machine.</param>
    /// <param name="cancellation">Gives up.</param>
    internal static async Task<NodeStore> OpenAsync(StoreDatabase database, TimeProvider clock, string boot, CancellationToken cancellation)
    {
        var health = new StoreHealth(database.Name);
        try
        {
            var last = await database.ReadAsync(
                new SqlStatement("select now, wall, boot, monotonic from clock"),
                Rows.First(row => new StoreMark(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3))),
                cancellation);
            var time = new StoreClock(clock, boot, last, await database.WallAsync(cancellation));
            var store = new NodeStore(new StoreAccess(database, new StoreWriter(database, health, clock), health, time));
            await store.BeatAsync(cancellation);
            return store;
        }
        catch (Exception failure)
        {
            await database.DisposeAsync();
            if (failure is OperationCanceledException or StoreRefusal)
                throw;
            throw new StoreRefusal(failure is StoreUnavailable ? failure.Message : $"{database.Name}: {database.Understand(failure).Why}");
        }
    }

    /// <summary>
    /// Writes down what time it is, which also shows whether the store works. To be called every few seconds while goals are open or there is <see cref="Trouble"/>: after
    /// a stop, a deadline is known as exactly as that.
    /// </summary>
    /// <exception cref="StoreUnavailable">It does not.</exception>
    public async Task BeatAsync(CancellationToken cancellation = default)
    {
        var mark = Access.Clock.Mark(await WallAsync(cancellation));
        Access.Clock.CatchUp(await Access.WriteAsync(
            "",
            async rows => await rows.ReadAsync() ? rows.GetInt64(0) : 0,
            cancellation,
            new SqlStatement(
                """
                insert into clock (one, now, wall, boot, monotonic) values (1, $1, $2, $3, $4)
                on conflict (one) do update set now = excluded.now, wall = excluded.wall, boot = excluded.boot, monotonic = excluded.monotonic where clock.now <= excluded.now
                """,
                mark.Now, mark.Wall, mark.Boot, mark.Monotonic),
            new SqlStatement("select now from clock")));
    }

    /// <summary>Writes down which verdicts this node has used, for the order in which they go. To be called every few seconds.</summary>
    /// <exception cref="StoreUnavailable">It does not work.</exception>
    public Task WriteUsesAsync(CancellationToken cancellation = default) => _verdicts.WriteUsesAsync(cancellation);

    /// <summary>What waits is written before it closes.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Trouble is null)
                await BeatAsync();
        }
        catch (StoreUnavailable)
        {
            // Whoever opens it next has the mark before this one.
        }
        finally
        {
            await Access.Writer.DisposeAsync();
            await Access.Database.DisposeAsync();
        }
    }

    private async Task<long> WallAsync(CancellationToken cancellation)
    {
        try
        {
            return await Access.Database.WallAsync(cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw Access.Health.Fail(Access.Database.Understand(failure).Why, failure);
        }
    }
}
