using System.Net;
using System.Text.RegularExpressions;
using ProverCluster.Cli.Tests.BadInput;

namespace ProverCluster.Cli.Tests.Service;

/// <summary>./node as it is built, with a store: where it says that goals are kept, how it refuses what is none, and how a node alone leaves.</summary>
[Collection(OneByOne.Name)]
public sealed class StoredNodeSpec : IDisposable
{
    private const int DidNotStart = 4;

    private readonly NodeProgram _node = new();
    private readonly NodeProgram _other = new();

    private string Data => Path.Combine(_node.Folder, "data");

    public void Dispose()
    {
        _other.Dispose();
        _node.Dispose();
    }

    [SqliteFact]
    public async Task A_node_with_a_folder_should_be_alone_say_where_goals_are_kept_and_find_the_folder_again()
    {
        for (var start = 0; start < 2; start++)
        {
            using var node = new NodeProgram();
            node.Start("--data", Data, "--http", "0", "--slots", "3");
            var said = await node.LineAsync();
            Assert.Matches($@"^node: answers on http://127\.0\.0\.1:\d+/; goals that come in there are kept in {Regex.Escape(Data)}/store\.db$", said);
            Assert.Matches($@"^node: {Regex.Escape(Environment.MachineName)} is up: alone; 3 slots for ", await node.LineAsync());
            using var client = ClientOf(said);
            Assert.Equal("{\"status\":\"ready\"}", await client.GetStringAsync("/health/ready"));
            await LeavesAsync(node);
        }
    }

    [SqliteFact]
    public async Task A_second_node_in_the_folder_should_be_refused_and_say_so_in_one_sentence()
    {
        _node.Start("--data", Data);
        Assert.Equal($"node: keeps goals in {Data}/store.db, and takes none: say with --http where it is to answer", await _node.LineAsync());
        Assert.Contains(" is up: alone; ", await _node.LineAsync());
        await RefusedAsync($"node: {Data}: another node has its store in this folder open; each needs a folder of its own, or all of them a server (--store postgres://...)", "--data", Data);
        await LeavesAsync(_node);
    }

    [SqliteFact]
    public async Task What_is_no_store_should_be_told_in_one_sentence_and_left_as_it_is()
    {
        Directory.CreateDirectory(Data);
        var file = Path.Combine(Data, "store.db");
        await File.WriteAllTextAsync(file, "some words of another program");
        await RefusedAsync($"node: {file}: this is no store, or what is left of one: it does not begin as an SQLite file does; another folder is wanted, or a copy that was saved", "--data", Data);
        Assert.Equal("some words of another program", await File.ReadAllTextAsync(file));
    }

    [SqliteFact]
    public async Task A_folder_that_cannot_be_written_should_be_told_in_one_sentence() =>
        await RefusedAsync(new Regex("^node: /proc/store: a store cannot be written in this folder: "), "--data", "/proc/store");

    [Fact]
    public async Task A_server_that_is_not_there_should_be_told_in_one_sentence_without_the_password() =>
        await RefusedAsync(new Regex("^node: postgres://user@127.0.0.1:1/goals: the server cannot be reached: (?!.*hush)"), "--port", "0", "--store", "postgres://user:hush@127.0.0.1:1/goals");

    [Fact]
    public async Task Without_a_store_a_node_should_say_once_that_goals_are_in_memory_only()
    {
        await _node.StartWithHttpAsync();
        await _node.SignalAsync("TERM");
        var rest = await _node.Process.StandardError.ReadToEndAsync();
        Assert.DoesNotContain("memory", rest, StringComparison.Ordinal);
    }

    [SqliteFact]
    public async Task A_node_alone_that_is_told_to_stop_should_refuse_goals_let_its_runs_finish_kill_what_does_not_and_leave_in_order()
    {
        _node.Start("--data", Data, "--http", "0", "--config", await _node.WithPuppetAsync("drain.grace = 8s, slots = 4"));
        var said = await _node.LineAsync();
        while (!said.Contains("answers on", StringComparison.Ordinal))
            said = await _node.LineAsync();
        while (!(await _node.LineAsync()).Contains(" is up: alone; ", StringComparison.Ordinal))
        {
        }

        using var client = ClientOf(said);
        var quick = PostAsync(client, "await say unsat", "id=quick&wait=true");
        var slow = ProverProcesses.OfGoal("slow");
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(client, "deaf children 1 sleep 1000", "id=slow&timeout=1h")).Status);
        await Eventually.True(() => slow.Look().Count >= 2 && ProverProcesses.OfGoal("quick").Look().Any(Awaits), "both goals are worked on");

        await _node.SignalAsync("TERM");
        Assert.EndsWith(" takes no more work, and leaves when its runs have ended; a second signal ends it at once", await _node.LineAsync());
        await Eventually.True(() => client.GetAsync("/health/ready").GetAwaiter().GetResult().StatusCode == HttpStatusCode.ServiceUnavailable, "it is not ready");
        var (status, text) = await PostAsync(client, "say unsat", "id=late");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("\"draining\"", text, StringComparison.Ordinal);
        using (var call = System.Diagnostics.Process.Start("kill", ["-USR1", $"{ProverProcesses.OfGoal("quick").Look().First(Awaits).Pid}"]))
            await call.WaitForExitAsync();
        Assert.Contains("\"proved\"", (await quick).Text, StringComparison.Ordinal);
        Assert.NotEmpty(slow.Look());

        Assert.EndsWith(" has left", await _node.LineAsync());
        Assert.Equal(0, await _node.ExitAsync());
        Assert.Empty(slow.Look());
    }

    private static bool Awaits(ProverProcesses.Seen process) => ProverProcesses.Catches(process.Pid, 10);

    private static HttpClient ClientOf(string said) => new() { BaseAddress = new Uri(said.Split(' ')[3].TrimEnd(';')) };

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(HttpClient client, string play, string query)
    {
        using var goal = new StringContent($"c play: {play}\np cnf 1 1\n1 0\n");
        goal.Headers.ContentType = new("application/dimacs");
        using var answer = await client.PostAsync($"/v1/goals?backends=puppet&{query}", goal);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task LeavesAsync(NodeProgram node)
    {
        await node.SignalAsync("TERM");
        Assert.Contains(" takes no more work", await node.LineAsync());
        Assert.EndsWith(" has left", await node.LineAsync());
        Assert.Equal(0, await node.ExitAsync());
    }

    private Task RefusedAsync(string sentence, params string[] words) => RefusedAsync(new Regex($"^{Regex.Escape(sentence)}$"), words);

    private async Task RefusedAsync(Regex sentence, params string[] words)
    {
        _other.Start(words);
        Assert.Matches(sentence, await _other.LineAsync());
        Assert.Null(await _other.Process.StandardError.ReadLineAsync());
        Assert.Equal(DidNotStart, await _other.ExitAsync());
    }
}
