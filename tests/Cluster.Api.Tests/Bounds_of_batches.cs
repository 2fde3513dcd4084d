using System.Net;
using System.Net.Sockets;

namespace ProverCluster.Api;

/// <summary>A batch holds what its lines take, and no line that does not come on; it may rest between them.</summary>
public sealed class Bounds_of_batches
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public async Task A_line_takes_room_as_it_grows_and_is_given_up_when_it_does_not_come_on()
    {
        await using var node = await ApiNode.StartAsync();
        using var batch = await OpenBatch.BeginAsync(node.Server.Address);
        await batch.SayAsync(ApiNode.Json("say unsat"));
        await batch.SayPartAsync(new string('x', Mebibyte));
        await Eventually.True(() => node.Server.Tools.Bodies.Taken >= Mebibyte, "it takes room", instead: () => node.Server.Tools.Bodies.Taken);

        var lines = await batch.AnswersAsync();
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"proved\"", lines[0]);
        Assert.Contains("\"too-slow\"", lines[1]);
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task A_line_that_comes_byte_by_byte_is_given_up_as_well()
    {
        await using var node = await ApiNode.StartAsync();
        using var batch = await OpenBatch.BeginAsync(node.Server.Address);
        // Much at once is no credit for what comes after it.
        await batch.SayPartAsync(new string('x', Mebibyte));
        using var end = new CancellationTokenSource();
        var trickling = TrickleAsync(batch, end.Token);
        Assert.Contains("\"too-slow\"", Assert.Single(await batch.AnswersAsync(1)));
        await end.CancelAsync();
        await trickling;
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task Between_two_lines_it_may_rest()
    {
        await using var node = await ApiNode.StartAsync();
        using var batch = await OpenBatch.BeginAsync(node.Server.Address);
        await batch.SayAsync(ApiNode.Json("say unsat"));
        Assert.Single(await batch.AnswersAsync(1));
        await Task.Delay(TimeSpan.FromSeconds(7));
        await batch.SayAsync(ApiNode.Json("say sat"));
        Assert.Contains("\"refuted\"", (await batch.AnswersAsync(2))[1]);
    }

    [Fact]
    public async Task Lines_take_no_more_room_than_there_is()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.max-bodies = 1MiB");
        using var batch = await OpenBatch.BeginAsync(node.Server.Address);
        await batch.SayPartAsync(new string('x', 2 * Mebibyte));
        Assert.Contains("\"too-busy\"", Assert.Single(await batch.AnswersAsync(1)));
        await node.HasNothingLeftAsync();
    }

    [Fact]
    public async Task No_line_is_read_while_as_many_are_unanswered_as_are_raced_at_once()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.batch-parallel = 2");
        string[] ids = [ApiNode.NewId(), ApiNode.NewId(), ApiNode.NewId()];
        using var batch = await OpenBatch.BeginAsync(node.Server.Address);
        await batch.SayAsync(ApiNode.Json("sleep 1000", ids[0]));
        await batch.SayAsync(ApiNode.Json("say unsat", ids[1]));
        await batch.SayAsync(ApiNode.Json("say sat", ids[2]));
        await ApiNode.RunsAsync(ids[0]);
        await Eventually.True(() => Status(node, ids[1]) == HttpStatusCode.OK, "the second one is raced");
        await node.SettledAsync(ids[1]);
        await Task.Delay(300);
        Assert.Equal(HttpStatusCode.NotFound, Status(node, ids[2]));
    }

    private static HttpStatusCode Status(ApiNode node, string id) => node.GetAsync($"/v1/goals/{id}").GetAwaiter().GetResult().Status;

    private static async Task TrickleAsync(OpenBatch batch, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await Task.Delay(100, end);
                await batch.SayPartAsync("x");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // It has been answered.
        }
    }
}
