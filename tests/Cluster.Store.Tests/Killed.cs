using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Store;

/// <summary>Processes that end in the middle of it, and processes that begin at once.</summary>
[Collection(nameof(Stores))]
public sealed class Killed(Stores stores)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_a_node_has_acknowledged_is_there_after_it_was_killed_under_load(StoreKind kind)
    {
        var place = await stores.PlaceAsync(kind);
        for (var round = 0; round < Stress.Count(4, 300); round++)
        {
            List<string> said = [];
            using (var node = StoreProcess.Start(64, place))
            {
                Assert.Equal("up", await node.SaidAsync());
                // Once there is one to be found at least, however slow the disk is; else early kills count, too.
                if (round == 0)
                    said.Add(await node.SaidAsync() ?? throw new InvalidOperationException("the process has ended"));
                // Whatever it says meanwhile is read: it does not wait for us.
                var rest = node.EndAsync();
                await Task.Delay(Random.Shared.Next(100, 1200));
                node.Kill();
                said.AddRange(await rest);
            }

            await using var store = await Stores.OpenAsync(place);
            foreach (var line in said)
            {
                var words = line.Split(' ');
                var found = await store.Goals.FindAsync(GoalId.Parse(words[1]));
                Assert.NotNull(found);
                Assert.NotNull(await store.Goals.ReadTextAsync(found.What.Id, found.What.Text));
                if (words is ["settled", _, var verdict])
                    Assert.Equal(verdict, found.Answer?.Verdict.Word());
            }

            while (await store.Goals.ForgetAsync(TimeSpan.FromSeconds(-1), 500) > 0)
            {
            }
        }
    }

    [SqliteFact]
    public async Task Of_processes_that_begin_at_once_in_one_folder_one_has_it_and_the_others_say_so()
    {
        var folder = stores.Folder();
        var nodes = Enumerable.Range(0, 4).Select(_ => StoreProcess.Start(1, folder)).ToArray();
        var said = await Task.WhenAll(nodes.Select(node => node.SaidAsync().AsTask()));
        Assert.Single(said, line => line == "up");
        Assert.Equal(3, said.Count(line => line?.StartsWith($"{folder}: another node has its store in this folder open;", StringComparison.Ordinal) == true));
        foreach (var node in nodes)
            node.Dispose();
    }

    [PostgresFact]
    public async Task Processes_that_begin_at_once_on_one_server_all_have_it()
    {
        var place = await stores.PlaceAsync(StoreKind.Postgres);
        var nodes = Enumerable.Range(0, 4).Select(_ => StoreProcess.Start(0, place)).ToArray();
        Assert.All(await Task.WhenAll(nodes.Select(node => node.EndAsync())), said => Assert.Equal(["up"], said));
        foreach (var node in nodes)
            node.Dispose();
    }
}
