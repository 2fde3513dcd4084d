using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ProverCluster.Client;
using ProverCluster.Messages.Ids;
using ProverCluster.Processes.World;
using Xunit.Abstractions;

namespace ProverCluster.Processes;

/// <summary>
/// A goal that never ends is given up in every public way there is. Measured is the time from the client's act until the last process of its provers is dead, from outside
/// of the node: the signal was before that.
/// </summary>
public sealed class Given_up(ITestOutputHelper output)
{
    private const int WarmUp = 3;

    private static readonly int s_times = Stress.Count(10, 200);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_bound = TimeSpan.FromMilliseconds(100);
    private static readonly ProveOptions s_player = new() { Backends = [Played.Player] };

    [ProcessesFact]
    public async Task By_the_token_of_a_call_of_the_client_library()
    {
        ProverClient? prover = null;
        await MeasureAsync("a cancelled token", (nodes, goal) =>
        {
            prover ??= ProverClient.Connect(nodes.All[0].Http.ToString());
            var cancel = new CancellationTokenSource();
            var proving = prover.ProveAsync(Goal.FromFile(goal.File) with { Id = GoalId.Parse(goal.Id) }, s_player, null, cancel.Token);
            return Task.FromResult(new Act(cancel.Cancel, async () =>
            {
                Assert.True((await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving)).IsConfirmed);
                cancel.Dispose();
            }));
        });
        await prover!.DisposeAsync();
    }

    [ProcessesFact]
    public Task By_a_DELETE() => MeasureAsync("DELETE", async (nodes, goal) =>
    {
        var address = nodes.All[0].Http;
        using var content = new StringContent(goal.Text) { Headers = { ContentType = new("application/dimacs") } };
        using var answer = await nodes.Http.PostAsync(new Uri(address, $"/v1/goals?backends={Played.Player}&id={goal.Id}"), content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Task<HttpResponseMessage>? deleting = null;
        return new Act(() => deleting = nodes.Http.DeleteAsync(new Uri(address, $"/v1/goals/{goal.Id}")), async () =>
        {
            using var deleted = await deleting!;
            Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        });
    });

    [ProcessesFact]
    public Task By_a_lost_connection() => MeasureAsync("a lost connection", async (nodes, goal) =>
    {
        // A network that breaks is a reset to the node; a client that ends in order, an end of what it says.
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, nodes.All[0].Http.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/goals?backends={Played.Player}&wait=true&id={goal.Id} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dimacs\r\nContent-Length: {goal.Text.Length}\r\n\r\n{goal.Text}"));
        return new Act(socket.Close, () => Task.CompletedTask);
    });

    [ProcessesFact]
    public Task By_Ctrl_C_at_the_command_line() => MeasureAsync("Ctrl+C", (nodes, goal) => OfProcess(nodes, goal, PosixSignals.Interrupt, async client =>
    {
        Assert.Equal(130, await client.ExitAsync());
        Assert.StartsWith("withdrawn", client.Said);
    }));

    [ProcessesFact]
    public Task By_a_SIGKILL_of_the_command_line() => MeasureAsync("SIGKILL of ./prove", (nodes, goal) => OfProcess(nodes, goal, PosixSignals.Kill, client => client.ExitAsync()));

    private static Task<Act> OfProcess(HttpNodes nodes, Unending goal, PosixSignals signal, Func<ClientProcess, Task> after)
    {
        var client = ClientProcess.Start(nodes, Played.Player, goal.File);
        return Task.FromResult(new Act(() => client.Signal(signal), async () =>
        {
            await after(client);
            client.Dispose();
        }));
    }

    private async Task MeasureAsync(string way, Func<HttpNodes, Unending, Task<Act>> begin)
    {
        await using var nodes = await HttpNodes.StartAsync(Stress.IsWanted ? Form.Long : Form.Short, 1);
        var node = nodes.All[0];
        var times = new List<double>();
        for (var round = -WarmUp; round < s_times; round++)
        {
            var goal = Unending.In(nodes.Folder);
            var act = await begin(nodes, goal);
            await Eventually.True(() => node.Provers.Look().Any(each => each.Name == "puppet"), "a prover lives", instead: nodes.Told);
            using var deaths = Deaths.Of(node.Provers.Look().Select(each => each.Pid));
            var dead = deaths.LastAsync(Patience.Usual);
            var began = Stopwatch.GetTimestamp();
            act.GiveUp();
            var time = Stopwatch.GetElapsedTime(began, await dead);
            if (round >= 0)
                times.Add(time.TotalMilliseconds);
            await act.After();
            await node.NoProverLivesAsync();
        }

        var figures = new Figures(times);
        output.WriteLine($"figures: given up by {way}, {times.Count} times: all provers dead after {figures}");
        // Of ten, two may have met something else that this machine had to do.
        Assert.True(figures.At(Stress.IsWanted ? 0.99 : 0.8) <= Busy.Promised(s_bound + s_tick).TotalMilliseconds, $"{figures}");
    }

    /// <param name="GiveUp">What the client does.</param>
    /// <param name="After">What it sees of it.</param>
    private sealed record Act(Action GiveUp, Func<Task> After);

    private sealed record Unending(string Id, string File, string Text)
    {
        public static Unending In(string folder)
        {
            var id = $"u{Guid.NewGuid():N}"[..16];
            var text = $"c play: sleep 3600\nc {id}\np cnf 1 1\n1 0\n";
            var file = Path.Combine(folder, $"{id}.cnf");
            System.IO.File.WriteAllText(file, text);
            return new Unending(id, file, text);
        }
    }
}
