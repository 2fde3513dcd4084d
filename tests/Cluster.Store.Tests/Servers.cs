using System.Collections.Concurrent;
using Npgsql;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Store;
using ProverCluster.Node.Store.Postgres;
using static ProverCluster.Store.Samples;

namespace ProverCluster.Store;

/// <summary>What a server can be that is no store, and what can happen to one that is.</summary>
[Collection(nameof(Stores))]
public sealed class Servers(Stores stores)
{
    [PostgresFact]
    public async Task A_wrong_password_is_refused_and_shown_nowhere()
    {
        var server = await stores.ServerAsync();
        foreach (var (user, password) in new[] { ("postgres", "s3cret-and-wrong"), ("nobody", "s3cret-and-wrong") })
        {
            var refusal = await RefusedAsync(server.UrlOf("postgres", password, user));
            Assert.Equal(
                $"postgres://{user}@127.0.0.1:{server.Port}/postgres: the server does not let this user in: another password is wanted (in the URL, in PGPASSWORD or in ~/.pgpass), or a line in its pg_hba.conf",
                refusal);
        }
    }

    [PostgresFact]
    public async Task A_database_that_is_not_there_is_refused()
    {
        var server = await stores.ServerAsync();
        Assert.EndsWith("/nowhere: there is no such database on the server: createdb is wanted", await RefusedAsync(server.UrlOf("nowhere")));
    }

    [PostgresFact]
    public async Task A_server_that_is_not_there_is_refused()
    {
        Assert.Equal("postgres://a@127.0.0.1:1/b: the server cannot be reached: Connection refused", await RefusedAsync("postgres://a:b@127.0.0.1:1/b"));
        Assert.StartsWith("postgres://a@no-such-host.invalid:5432/b: ", await RefusedAsync("postgres://a:b@no-such-host.invalid/b"));
    }

    [PostgresFact]
    public async Task A_user_who_may_not_make_tables_is_refused()
    {
        var (server, place) = await PlaceAsync();
        await server.DoAsync(Database(place), "create role guest login password 'guest'");
        Assert.Equal(
            $"postgres://guest@127.0.0.1:{server.Port}/{Database(place)}: this user may not do what a store needs: permission denied for database {Database(place)}",
            await RefusedAsync(server.UrlOf(Database(place), "guest", "guest")));
    }

    [PostgresFact]
    public async Task A_server_that_forgets_what_it_has_confirmed_is_refused()
    {
        var (server, place) = await PlaceAsync();
        await server.DoAsync(Database(place), $"alter database {Database(place)} set synchronous_commit = off");
        Assert.EndsWith(": synchronous_commit is off on this server, so that it forgets what it has confirmed when it loses power; on is wanted", await RefusedAsync(place));
    }

    [PostgresFact]
    public async Task Tables_of_something_else_under_our_name_are_refused_and_others_are_no_matter()
    {
        var (server, place) = await PlaceAsync();
        await server.DoAsync(Database(place), "create table goals (x int); create table version (x int)");
        await using (await Stores.OpenAsync(place))
        {
        }

        await server.DoAsync(Database(place), "drop schema prover_cluster cascade; create schema prover_cluster; create table prover_cluster.other (x int)");
        Assert.EndsWith(": the schema prover_cluster of this database belongs to something else: it has no table 'version'; another database is wanted", await RefusedAsync(place));
    }

    [PostgresFact]
    public async Task A_store_of_a_newer_node_is_refused()
    {
        var (server, place) = await PlaceAsync();
        await using (await Stores.OpenAsync(place))
        {
        }

        await server.DoAsync(Database(place), "update prover_cluster.version set number = 7");
        Assert.EndsWith($": this store has version 7, and this node knows those up to {PostgresSchema.Steps.Count}: a newer node has used it, and one as new is wanted", await RefusedAsync(place));
    }

    [PostgresFact]
    public async Task Nodes_that_start_at_once_make_the_tables_once_and_share_them()
    {
        var (_, place) = await PlaceAsync();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Stores.OpenAsync(place)));
        var goal = Goal(text: Long("shared"));
        await Task.WhenAll(nodes.Select(node => node.Goals.AcceptAsync(goal)));
        var answers = await Task.WhenAll(nodes.Select((node, i) => node.Goals.SettleAsync(Answer(goal, i % 2 == 0 ? Verdict.Proved : Verdict.Refuted))));

        Assert.All(nodes, node => Assert.True(node.IsShared));
        Assert.Single(answers.Select(answer => answer!.Answer!.Verdict).Distinct());
        Assert.Equal(new StoreCounts(1 - 1, 1, 1, goal.Text!.Value.Length), await nodes[0].Goals.CountAsync());
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    /// <summary>Each text comes in at both, so that they wait for each other's rows; and goes while it comes.</summary>
    [PostgresFact]
    public async Task Nodes_that_are_given_the_same_goals_in_another_order_and_forget_them_meanwhile_are_not_in_each_others_way()
    {
        var (_, place) = await PlaceAsync();
        await using var one = await Stores.OpenAsync(place);
        await using var other = await Stores.OpenAsync(place);
        var goals = Enumerable.Range(0, 400).Select(i => Goal($"g{i}", text: i % 8 < 4 ? $"{i / 4}" : Long($"{i / 4}"))).ToArray();
        using var done = new CancellationTokenSource();
        var forgetting = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
                await one.Goals.ForgetAsync(TimeSpan.FromSeconds(-1), 3);
        });
        var given = Task.WhenAll(goals.Select(goal => GiveAsync(one.Goals, goal)).Concat(goals.Reverse().Select(goal => GiveAsync(other.Goals, goal))));
        await given;
        await done.CancelAsync();
        await forgetting;
        while (await one.Goals.ForgetAsync(TimeSpan.FromSeconds(-1), 100) > 0)
        {
        }

        Assert.Equal(0, (await one.Goals.CountAsync()).Open);

        static async Task GiveAsync(IGoalStore store, NewGoal goal)
        {
            await store.AcceptedAsync(goal);
            await store.SettleAsync(Answer(goal));
            // Whoever was given it again after it was forgotten.
            await store.SettleAsync(Answer(goal));
        }
    }

    [PostgresFact]
    public async Task A_server_that_stops_hard_under_load_and_comes_back_has_all_that_was_acknowledged_and_the_nodes_go_on()
    {
        var (server, place) = await PlaceAsync();
        await using var store = await Stores.OpenAsync(place);
        var (accepted, settled) = (new ConcurrentDictionary<string, NewGoal>(), new ConcurrentDictionary<string, Verdict>());
        var refusals = 0;
        using var done = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 32).Select(caller => Task.Run(async () =>
        {
            for (var turn = 0; !done.IsCancellationRequested; turn++)
            {
                try
                {
                    var goal = Goal($"c{caller}-{turn}", text: Long($"text {turn % 5}"));
                    await store.Goals.AcceptAsync(goal);
                    accepted[goal.What.Id.Value] = goal;
                    var verdict = turn % 2 == 0 ? Verdict.Proved : Verdict.Refuted;
                    if (turn % 3 == 0)
                        settled[goal.What.Id.Value] = (await store.Goals.SettleAsync(Answer(goal, verdict)))!.Answer!.Verdict;
                }
                catch (StoreUnavailable)
                {
                    Interlocked.Increment(ref refusals);
                    await Task.Delay(20);
                }
            }
        })).ToArray();

        for (var stop = 0; stop < Stress.Count(3, 50); stop++)
        {
            await Task.Delay(Random.Shared.Next(100, 600));
            await server.StopHardAsync();
            await Eventually.True(() => store.Trouble is not null, "the trouble is seen");
            await server.BeginAsync();
            var before = accepted.Count;
            await Eventually.True(() => store.Trouble is null && accepted.Count > before, "work goes on");
        }

        await done.CancelAsync();
        await Task.WhenAll(callers);
        await using var again = await Stores.OpenAsync(place);
        foreach (var (id, goal) in accepted)
        {
            var found = await again.Goals.FindAsync(goal.What.Id);
            Assert.Equal(Written(goal.What), Written(found?.What));
            if (settled.TryGetValue(id, out var verdict))
                Assert.Equal(verdict, found!.Answer?.Verdict);
        }

        Assert.True(refusals > 0);
        Assert.Equal(5, (await again.Goals.CountAsync()).Texts);
    }

    [PostgresFact]
    public async Task A_server_that_does_not_answer_in_time_is_trouble_and_no_more_once_it_does()
    {
        var (server, place) = await PlaceAsync();
        await using var store = await Stores.OpenAsync(place);
        await using var holder = NpgsqlDataSource.Create(Url(place).Connection());
        await using (var connection = await holder.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("lock table prover_cluster.goals", connection, transaction);
            await hold.ExecuteNonQueryAsync();
            var failure = await Assert.ThrowsAsync<StoreUnavailable>(() => store.Goals.AcceptAsync(Goal()));
            Assert.Matches($"^{store.Name}: (the server does not answer in time|it has not written within 10 s)$", failure.Message);
            Assert.NotNull(store.Trouble);
        }

        await Eventually.True(() => store.BeatAsync().ContinueWith(beat => beat.IsCompletedSuccessfully, TaskScheduler.Default).GetAwaiter().GetResult() && store.Trouble is null, "it is well");
        await store.Goals.AcceptAsync(Goal());
    }

    private static PostgresUrl Url(string place) => PostgresUrl.TryParse(place, out var url, out _) ? url : throw new FormatException();

    private static string Database(string place) => place[(place.LastIndexOf('/') + 1)..];

    private async Task<(PostgresServer Server, string Place)> PlaceAsync()
    {
        var server = await stores.ServerAsync();
        return (server, await server.NewDatabaseAsync());
    }

    private static async Task<string> RefusedAsync(string url)
    {
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(() => Stores.OpenAsync(url));
        Assert.DoesNotContain("s3cret", refusal.ToString());
        Assert.DoesNotContain('\n', refusal.Message);
        return refusal.Message;
    }
}
