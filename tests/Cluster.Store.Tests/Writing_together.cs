using ProverCluster.Node.Store;

namespace ProverCluster.Store;

/// <summary>The one writer of a store, over a database that is played.</summary>
public sealed class Writing_together : IAsyncDisposable
{
    private readonly ScriptedDatabase _database = new();
    private readonly StoreHealth _health = new("the store");
    private readonly List<StoreWriter> _writers = [];

    [Fact]
    public async Task All_that_wait_while_a_batch_is_written_are_the_next_one()
    {
        var writer = Writer();
        var held = Hold();
        var first = WriteAsync(writer, "first");
        await held.Began;
        var others = Enumerable.Range(0, 100).Select(i => WriteAsync(writer, $"{i:00}")).ToArray();
        held.End();
        await Task.WhenAll([first, .. others]);

        Assert.Equal([1, 100], _database.Batches.Select(batch => batch.Length));
        Assert.Equal(_database.Batches[1].Order(StringComparer.Ordinal), _database.Batches[1]);
    }

    [Fact]
    public async Task A_batch_has_an_end_in_number_and_in_bytes()
    {
        var writer = Writer();
        var held = Hold();
        var first = WriteAsync(writer, "first");
        await held.Began;
        var many = Enumerable.Range(0, StoreWriter.MostWrites + 1).Select(_ => WriteAsync(writer, "many")).ToArray();
        var heavy = Enumerable.Range(0, 3).Select(_ => WriteAsync(writer, "heavy", StoreWriter.MostBytes)).ToArray();
        held.End();
        await Task.WhenAll([first, .. many, .. heavy]);

        Assert.Equal([1, StoreWriter.MostWrites, 2, 1, 1], _database.Batches.Select(batch => batch.Length));
    }

    [Fact]
    public async Task Nobody_hears_of_a_write_before_it_is_on_the_disk()
    {
        var writer = Writer();
        var held = Hold();
        var write = WriteAsync(writer, "a");
        await held.Began;
        Assert.False(write.IsCompleted);
        held.End();
        Assert.Equal("a", await write);
    }

    [Fact]
    public async Task A_write_that_cannot_be_carried_out_is_found_among_the_others()
    {
        var writer = Writer();
        _database.OnWrite = keys => keys.Contains("bad") ? throw new ScriptedDatabase.Failed(StoreFaultKind.Statement) : Task.CompletedTask;
        var held = Hold();
        var first = WriteAsync(writer, "first");
        await held.Began;
        var others = Enumerable.Range(0, 50).Select(i => WriteAsync(writer, i == 17 ? "bad" : $"{i}")).ToArray();
        held.End();
        await first;

        foreach (var (i, write) in others.Index())
        {
            if (i == 17)
                await Assert.ThrowsAsync<ScriptedDatabase.Failed>(() => write);
            else
                Assert.Equal($"{i}", await write);
        }

        Assert.Null(_health.Trouble);
    }

    [Fact]
    public async Task A_conflict_is_tried_again_and_a_connection_that_broke_once_more()
    {
        var writer = Writer();
        var failures = new Queue<StoreFaultKind>([StoreFaultKind.Conflict, StoreFaultKind.Conflict, StoreFaultKind.Conflict]);
        _database.OnWrite = _ => failures.TryDequeue(out var kind) ? throw new ScriptedDatabase.Failed(kind) : Task.CompletedTask;
        Assert.Equal("a", await WriteAsync(writer, "a"));
        failures.Enqueue(StoreFaultKind.Broken);
        Assert.Equal("b", await WriteAsync(writer, "b"));
        Assert.Equal(4 + 2, _database.Batches.Count);
    }

    [Fact]
    public async Task Each_write_is_counted_once_and_each_transaction_as_often_as_it_is_tried()
    {
        var writer = Writer();
        var (tried, done) = (new List<(int, bool)>(), new List<(int, bool)>());
        writer.Tried = (writes, _, isWritten) => tried.Add((writes, isWritten));
        writer.Done = (writes, areWritten) => done.Add((writes, areWritten));
        var failures = new Queue<StoreFaultKind>([StoreFaultKind.Conflict]);
        _database.OnWrite = keys => keys.Contains("bad") ? throw new ScriptedDatabase.Failed(StoreFaultKind.Statement)
            : failures.TryDequeue(out var kind) ? throw new ScriptedDatabase.Failed(kind)
            : Task.CompletedTask;
        Assert.Equal("a", await WriteAsync(writer, "a"));
        var held = Hold();
        var first = WriteAsync(writer, "b");
        await held.Began;
        var (bad, good) = (WriteAsync(writer, "bad"), WriteAsync(writer, "good"));
        held.End();
        await Assert.ThrowsAsync<ScriptedDatabase.Failed>(() => bad);
        Assert.Equal(("b", "good"), (await first, await good));

        Assert.Equal([(1, false), (1, true), (1, true), (2, false), (1, false), (1, true)], tried);
        Assert.Equal([(1, true), (1, true), (1, false), (1, true)], done);
    }

    [Fact]
    public async Task While_the_database_does_not_work_each_write_says_so_and_afterwards_none()
    {
        var writer = Writer();
        _database.OnWrite = _ => throw new ScriptedDatabase.Failed(StoreFaultKind.Unavailable);
        Assert.Equal("the store: this", (await Assert.ThrowsAsync<StoreUnavailable>(() => WriteAsync(writer, "a"))).Message);
        Assert.Equal("the store: this", _health.Trouble);
        _database.OnWrite = _ => Task.CompletedTask;
        Assert.Equal("b", await WriteAsync(writer, "b"));
        Assert.Null(_health.Trouble);
    }

    [Fact]
    public async Task Who_has_waited_too_long_is_told_and_what_nobody_waits_for_any_more_is_not_begun()
    {
        var writer = Writer(TimeSpan.FromMilliseconds(200));
        var held = Hold();
        var first = WriteAsync(writer, "first");
        await held.Began;
        var late = WriteAsync(writer, "late");
        Assert.Equal("the store: it has not written within 0.2 s", (await Assert.ThrowsAsync<StoreUnavailable>(() => late)).Message);
        await Assert.ThrowsAsync<StoreUnavailable>(() => first);
        held.End();
        Assert.Equal("next", await WriteAsync(writer, "next"));
        Assert.DoesNotContain(_database.Batches, batch => batch.Contains("late"));
        Assert.Null(_health.Trouble);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_others_alone()
    {
        var writer = Writer();
        var held = Hold();
        var first = WriteAsync(writer, "first");
        await held.Began;
        using var cancellation = new CancellationTokenSource();
        var given = WriteAsync(writer, "given up", cancellation: cancellation.Token);
        var other = WriteAsync(writer, "other");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        held.End();
        Assert.Equal(["first", "other"], await Task.WhenAll(first, other));
        Assert.Null(_health.Trouble);
    }

    [Fact]
    public async Task Only_so_much_waits_inside_and_the_others_before_it_in_their_order()
    {
        var room = new StoreRoom(10);
        Assert.True(room.TryEnter(6));
        var heavy = room.EnterAsync(100, default);
        using var cancellation = new CancellationTokenSource();
        var given = room.EnterAsync(1, cancellation.Token);
        var light = room.EnterAsync(1, default);
        Assert.False(heavy.IsCompleted || given.IsCompleted || light.IsCompleted || room.TryEnter(1));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        room.Leave(6);
        await heavy;
        Assert.False(light.IsCompleted);
        room.Leave(100);
        await light;
        Assert.True(room.TryEnter(9));
        Assert.False(room.TryEnter(1));
    }

    [Fact]
    public async Task What_waits_is_written_before_it_closes_and_nothing_after_that()
    {
        var writer = Writer();
        var held = Hold();
        var first = WriteAsync(writer, "first");
        await held.Began;
        var second = WriteAsync(writer, "second");
        var closed = writer.DisposeAsync();
        held.End();
        await closed;
        Assert.Equal(["first", "second"], await Task.WhenAll(first, second));
        await Assert.ThrowsAsync<StoreUnavailable>(() => WriteAsync(writer, "third"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
            await writer.DisposeAsync();
    }

    private StoreWriter Writer(TimeSpan? patience = null)
    {
        var writer = new StoreWriter(_database, _health, TimeProvider.System) { Patience = patience ?? TimeSpan.FromSeconds(60) };
        _writers.Add(writer);
        return writer;
    }

    private static Task<string> WriteAsync(StoreWriter writer, string key, long bytes = 0, CancellationToken cancellation = default) =>
        writer.WriteAsync(new SqlWrite<string>(_ => Task.FromResult(key)) { Key = key, Bytes = bytes, Statements = [] }, cancellation);

    /// <summary>The next batch stays in the database until it is let go.</summary>
    private Held Hold()
    {
        var (began, ended, then) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), _database.OnWrite);
        _database.OnWrite = async keys =>
        {
            _database.OnWrite = then;
            began.SetResult();
            await ended.Task;
        };
        return new Held(began.Task, ended.SetResult);
    }

    private sealed record Held(Task Began, Action End);
}
