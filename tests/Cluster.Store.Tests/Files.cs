using Microsoft.Data.Sqlite;
using ProverCluster.Node.Store;
using ProverCluster.Node.Store.Sqlite;
using static ProverCluster.Store.Samples;

namespace ProverCluster.Store;

/// <summary>What a folder can have in it that is no store, and what a disk can do to one that is.</summary>
[Collection(nameof(Stores))]
public sealed class Files(Stores stores)
{
    [SqliteFact]
    public async Task A_folder_that_is_not_there_is_made()
    {
        var folder = Path.Combine(stores.Folder(), "a", "b");
        await using var store = await Stores.OpenAsync(folder);
        Assert.False(store.IsShared);
        Assert.Equal(Path.Combine(folder, "store.db"), store.Name);
        // What is in it is the clients' own.
        foreach (var file in Directory.GetFiles(folder, "store.db*").Append(folder))
            Assert.EndsWith("00", await Run.DoAsync("stat", "--format=%a", file));
    }

    [SqliteFact]
    public async Task A_second_node_in_the_same_folder_is_refused_and_welcome_when_the_first_has_left()
    {
        var folder = stores.Folder();
        await using (await Stores.OpenAsync(folder))
            Assert.Equal(
                $"{folder}: another node has its store in this folder open; each needs a folder of its own, or all of them a server (--store postgres://...)", await RefusedAsync(folder));
        await using var next = await Stores.OpenAsync(folder);
    }

    [SqliteFact]
    public async Task The_file_of_another_program_is_refused_and_left_as_it_is()
    {
        var (folder, path) = Place();
        using (var other = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "create table theirs (x)";
            command.ExecuteNonQuery();
        }

        var before = await File.ReadAllBytesAsync(path);
        Assert.Equal($"{path}: this SQLite file belongs to another program (its mark is 00000000, and a store's is 5072436c); another folder is wanted", await RefusedAsync(folder));
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    /// <summary>First there is a file without tables, and then its tables are in the log alone.</summary>
    [SqliteFact]
    public async Task A_node_that_was_killed_when_it_had_only_begun_leaves_what_the_next_goes_on_with()
    {
        var (folder, path) = Place();
        SqliteLibrary.Require();
        await File.WriteAllBytesAsync(path, []);
        using var killed = SqliteFile.Open(path);
        await CopiedAsync();
        foreach (var sql in new[] { "begin", SqliteSchema.Steps[0], $"pragma application_id = {SqliteSchema.ApplicationId}", "pragma user_version = 1", "commit" })
        {
            using var command = killed.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        await CopiedAsync();

        async Task CopiedAsync()
        {
            var copy = stores.Folder();
            foreach (var file in Directory.GetFiles(folder))
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            await using var store = await Stores.OpenAsync(copy);
            await store.Goals.AcceptAsync(Goal());
        }
    }

    [SqliteFact]
    public async Task Files_of_any_bytes_are_refused()
    {
        var (folder, path) = Place();
        foreach (var length in new[] { 1, 16, 99, 100, 5000, 1 << 20 })
        {
            var bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            await File.WriteAllBytesAsync(path, bytes);
            Assert.StartsWith($"{path}: this is no store, or what is left of one: it does not begin as an SQLite file does;", await RefusedAsync(folder));
        }
    }

    [SqliteFact]
    public async Task A_store_that_was_cut_off_anywhere_is_refused()
    {
        var (folder, path) = Place();
        await FillAsync(folder);
        var whole = await File.ReadAllBytesAsync(path);
        foreach (var length in new[] { 50, 100, 512, 4096, whole.Length / 2, whole.Length - 4096, whole.Length - 1 })
        {
            await File.WriteAllBytesAsync(path, whole[..length]);
            Assert.Matches(length < 100 ? ": this is no store, or what is left of one: " : ": this store is damaged[;:] .*a copy that was saved is wanted", await RefusedAsync(folder));
        }

        await File.WriteAllBytesAsync(path, whole);
        await using var again = await Stores.OpenAsync(folder);
        Assert.Equal(200, (await again.Goals.CountAsync()).Open);
    }

    [SqliteFact]
    public async Task A_store_with_other_bytes_in_its_middle_is_refused()
    {
        var (folder, path) = Place();
        await FillAsync(folder);
        var bytes = await File.ReadAllBytesAsync(path);
        new Random(1).NextBytes(bytes.AsSpan(4096, bytes.Length - 4096));
        await File.WriteAllBytesAsync(path, bytes);
        Assert.StartsWith($"{path}: this store is damaged", await RefusedAsync(folder));
    }

    [SqliteFact]
    public async Task A_store_of_a_newer_node_is_refused()
    {
        var (folder, path) = Place();
        await FillAsync(folder);
        using (var newer = SqliteFile.Open(path))
        {
            using var command = newer.CreateCommand();
            command.CommandText = "pragma user_version = 7";
            command.ExecuteNonQuery();
        }

        Assert.Equal(
            $"{path}: this store has version 7, and this node knows those up to {SqliteSchema.Steps.Count}: a newer node has used it, and one as new is wanted", await RefusedAsync(folder));
    }

    [SqliteFact]
    public async Task A_folder_that_is_a_file_is_refused()
    {
        var file = Path.Combine(stores.Folder(), "file");
        await File.WriteAllTextAsync(file, "");
        Assert.StartsWith($"{file}: a store cannot be written in this folder: ", await RefusedAsync(file));
    }

    [SmallDiskFact]
    public async Task A_folder_that_can_only_be_read_is_refused()
    {
        await using var disk = await SmallDisk.MakeAsync("4m");
        await FillAsync(disk.Folder);
        await disk.MakeReadOnlyAsync();
        Assert.StartsWith($"{disk.Folder}: a store cannot be written in this folder: ", await RefusedAsync(disk.Folder));
    }

    [SmallDiskFact]
    public async Task A_disk_that_is_full_at_the_start_is_refused()
    {
        await using var disk = await SmallDisk.MakeAsync("64k");
        await File.WriteAllBytesAsync(Path.Combine(disk.Folder, "ballast"), new byte[56 << 10]);
        var refusal = await RefusedAsync(disk.Folder);
        Assert.Equal($"{Path.Combine(disk.Folder, "store.db")}: the disk is full", refusal);
    }

    [SmallDiskFact]
    public async Task On_a_full_disk_nothing_is_acknowledged_that_is_lost_and_when_there_is_room_again_the_store_goes_on()
    {
        await using var disk = await SmallDisk.MakeAsync("4m");
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[2 << 20]);
        var acknowledged = new List<NewGoal>();
        await using (var store = await Stores.OpenAsync(disk.Folder))
        {
            var failure = await Assert.ThrowsAsync<StoreUnavailable>(async () =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    var goal = Goal(text: $"{i}{new string('x', 20_000)}");
                    await store.Goals.AcceptAsync(goal);
                    acknowledged.Add(goal);
                }
            });
            Assert.Equal($"{store.Name}: the disk is full", failure.Message);
            Assert.Equal(failure.Message, store.Trouble);
            Assert.Equal(acknowledged.Count, (await store.Goals.CountAsync()).Open);

            File.Delete(ballast);
            await store.BeatAsync();
            Assert.Null(store.Trouble);
            acknowledged.Add(Goal(text: new string('y', 20_000)));
            await store.Goals.AcceptAsync(acknowledged[^1]);
        }

        await using var again = await Stores.OpenAsync(disk.Folder);
        foreach (var goal in acknowledged)
            Assert.Equal(goal.Text!.Value.ToArray(), await again.Goals.ReadTextAsync(goal.What.Id, (await again.Goals.FindAsync(goal.What.Id))!.What.Text));
    }

    [SqliteFact]
    public async Task A_file_that_vanishes_is_not_replaced_by_an_empty_one()
    {
        var (folder, path) = Place();
        await using var store = await Stores.OpenAsync(folder);
        File.Delete(path);
        await Assert.ThrowsAnyAsync<Exception>(() => store.Access.WriteAsync("", Rows.CountAsync, default, new SqlStatement("select no_such_function()")));
        await Assert.ThrowsAsync<StoreUnavailable>(() => store.Goals.AcceptAsync(Goal()));
        Assert.False(File.Exists(path));
    }

    private (string Folder, string Path) Place() => stores.Folder() is var folder ? (folder, Path.Combine(folder, "store.db")) : default;

    private static async Task FillAsync(string folder)
    {
        await using var store = await Stores.OpenAsync(folder);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => store.Goals.AcceptAsync(Goal(text: $"{i} {new string('x', 500)}"))));
    }

    private static async Task<string> RefusedAsync(string folder)
    {
        var refusal = (await Assert.ThrowsAsync<StoreRefusal>(() => Stores.OpenAsync(folder))).Message;
        Assert.DoesNotContain('\n', refusal);
        return refusal;
    }
}
