using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProverCluster.Node;
using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>What README.md and docs/http.md show, as they show it: nodes by their script, and curl on every route. Ports alone are others.</summary>
public sealed partial class As_a_new_user : IAsyncLifetime
{
    /// <summary>The script builds what is not built.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private static readonly string s_readme = File.ReadAllText(Path.Combine(Repo.Root, "README.md"));
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repo.Root, "docs/http.md"));

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;
    private readonly Undertaker _undertaker = new();
    private readonly Dictionary<string, string> _ports = [];
    private readonly List<(Process Process, Lines Said)> _nodes = [];

    private string Api => $"http://127.0.0.1:{Port("8081")}";

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.smt2"), "(declare-const p Bool)\n(assert (and p (not p)))\n(check-sat)\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "hard.smt2"), Pigeons.SmtLib(11));
    }

    public async Task DisposeAsync()
    {
        await _undertaker.DisposeAsync();
        _nodes.ForEach(node => node.Process.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    [ProcessesRequiresFact("curl", "z3")]
    public async Task The_nodes_of_the_README_are_started_and_curl_meets_every_route_of_the_page()
    {
        var lines = Shown(s_readme, "./node --port");
        await StartAsync(lines.First(line => !line.Contains("--seed", StringComparison.Ordinal)));
        await StartAsync(lines.Single(line => line.Contains("--http", StringComparison.Ordinal)));

        var first = await RunAsync(Assert.Single(Shown(s_readme, "curl ")));
        Assert.Equal("proved", JsonDocument.Parse(first).RootElement.GetProperty("verdict").GetString());

        Assert.Contains(ReadmeSample.Text(), s_readme);
        Assert.Matches("^Proved by (z3|cvc5)\n$", await ReadmeSample.RunAsync(Api, Path.Combine(_folder, "a.smt2")));

        var routes = Routes();
        Assert.Equal(routes.Keys.Order(), RouteRow().Matches(s_page).Select(row => row.Groups["route"].Value).Order());
        foreach (var meet in routes.Values)
            await meet();

        foreach (var (process, said) in _nodes.AsEnumerable().Reverse())
        {
            NodeProcess.Signal(process.Id, PosixSignals.Term);
            await Patience.ForAsync(process.WaitForExitAsync(), "the end of a node", () => said.Text);
            Assert.True(process.ExitCode == 0, said.Text);
        }
    }

    private Dictionary<string, Func<Task>> Routes() => new()
    {
        ["POST /v1/goals"] = SubmitAsync,
        ["GET /v1/goals/{id}"] = async () =>
        {
            Assert.Equal(["id", "state", "cached", "acceptedAt", "goal", "verdict", "szs", "winner", "decidedMs", "settledMs", "reason", "runs"], Members(await JsonAsync(200, $"{Api}/v1/goals/of-mine")));
            Assert.Equal("unknown-goal", await ProblemAsync(404, $"{Api}/v1/goals/nobody-knows"));
        },
        ["GET /v1/goals"] = async () =>
        {
            var page = await JsonAsync(200, $"{Api}/v1/goals?state=settled&label=k=v&limit=10");
            Assert.Equal(["goals", "next"], Members(page));
            Assert.Equal("of-mine", Assert.Single(page.GetProperty("goals").EnumerateArray()).GetProperty("id").GetString());
        },
        ["DELETE /v1/goals/{id}"] = async () =>
        {
            await JsonAsync(202, $"{Api}/v1/goals?id=hard-one", "--data-binary", "@hard.smt2", "-H", "Content-Type: application/smtlib2");
            Assert.Equal("hard-one", (await JsonAsync(202, $"{Api}/v1/goals/hard-one", "-X", "DELETE")).GetProperty("id").GetString());
            Assert.Contains("event: settled", (await CurlAsync($"{Api}/v1/goals/hard-one/events")).Body);
            Assert.Equal("withdrawn", (await JsonAsync(200, $"{Api}/v1/goals/hard-one", "-X", "DELETE")).GetProperty("verdict").GetString());
        },
        ["GET /v1/goals/{id}/events"] = async () =>
        {
            var (status, type, body) = await CurlAsync($"{Api}/v1/goals/of-mine/events", "-N", "-H", "Last-Event-ID: 1");
            Assert.Equal((200, "text/event-stream"), (status, type));
            Assert.StartsWith("id: 2\nevent: run-", body);
            Assert.Contains("event: settled", body);
        },
        ["POST /v1/goals:batch"] = async () =>
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "batch.ndjson"), """
                {"language":"smtlib2","text":"(assert false)(check-sat)","id":"in-a-batch"}
                {"language":"dimacs","text":"p cnf"}

                """);
            var (status, type, body) = await CurlAsync($"{Api}/v1/goals:batch", "--data-binary", "@batch.ndjson", "-H", "Content-Type: application/x-ndjson");
            Assert.Equal((200, "application/x-ndjson"), (status, type));
            Assert.Equal(["proved", "rejected"], body.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("verdict").GetString()));
        },
        ["GET /v1/backends"] = async () =>
        {
            var nodes = (await JsonAsync(200, $"{Api}/v1/backends")).GetProperty("nodes");
            Assert.Equal(2, nodes.GetArrayLength());
            Assert.All(nodes.EnumerateArray(), node => Assert.Equal(["node", "slots", "free", "waiting", "draining", "backends"], Members(node)));
            Assert.Contains(nodes[0].GetProperty("backends").EnumerateArray(), backend => backend.GetProperty("backend").GetString() == "z3");
        },
        // Its nodes have no store.
        ["GET /v1/cache"] = async () => Assert.Equal("store-unavailable", await ProblemAsync(503, $"{Api}/v1/cache")),
        ["DELETE /v1/cache"] = async () => Assert.Equal("store-unavailable", await ProblemAsync(503, $"{Api}/v1/cache", "-X", "DELETE")),
        ["GET /v1/cluster/members"] = async () => Assert.Equal(2, (await JsonAsync(200, $"{Api}/v1/cluster/members")).GetProperty("members").GetArrayLength()),
        ["GET /v1/cluster/shards"] = async () => Assert.Contains((await JsonAsync(200, $"{Api}/v1/cluster/shards")).GetProperty("shards").EnumerateArray(), shard => shard.GetProperty("region").GetString() == "goals"),
        ["GET /v1/nodes/{address}/runs"] = async () =>
        {
            var node = (await JsonAsync(200, $"{Api}/v1/cluster/members")).GetProperty("node").GetString();
            Assert.Equal(["node", "runs"], Members(await JsonAsync(200, $"{Api}/v1/nodes/{node}/runs")));
        },
        ["GET /v1/actors"] = async () => Assert.Equal("/user", (await JsonAsync(200, $"{Api}/v1/actors?depth=1")).GetProperty("path").GetString()),
        ["POST /v1/cluster/members/{address}/leave"] = async () => Assert.Equal("unknown-node", await ProblemAsync(404, $"{Api}/v1/cluster/members/nobody:1/leave", "-X", "POST")),
        ["POST /v1/cluster/members/{address}/down"] = async () => Assert.Equal("unknown-node", await ProblemAsync(404, $"{Api}/v1/cluster/members/nobody:1/down", "-X", "POST")),
        ["GET /metrics"] = async () =>
        {
            var (status, type, body) = await CurlAsync($"{Api}/metrics");
            Assert.Equal((200, "text/plain; version=0.0.4; charset=utf-8"), (status, type));
            Assert.Contains("prover_cluster_goals_total{source=\"race\",verdict=\"proved\"} ", body);
        },
        ["GET /health/live"] = async () => Assert.Equal("live", (await JsonAsync(200, $"{Api}/health/live")).GetProperty("status").GetString()),
        ["GET /health/ready"] = async () => Assert.Equal("ready", (await JsonAsync(200, $"{Api}/health/ready")).GetProperty("status").GetString()),
        ["GET /openapi/v1.json"] = async () => Assert.Equal("3.1.1", (await JsonAsync(200, $"{Api}/openapi/v1.json")).GetProperty("openapi").GetString()),
        ["GET /"] = async () => Assert.Contains("<title>ProverCluster</title>", await PageAsync()),
        ["GET /page/{version}/{file}"] = async () =>
        {
            var script = FileOfPage().Match(await PageAsync()).Groups["path"].Value;
            var (status, type, body) = await CurlAsync($"{Api}/{script}");
            Assert.Equal((200, "text/javascript; charset=utf-8"), (status, type));
            Assert.Contains("import ", body);
            Assert.Equal("unknown-route", await ProblemAsync(404, $"{Api}/page/of-another-version/main.js"));
        },
    };

    private async Task<string> PageAsync()
    {
        var (status, type, body) = await CurlAsync($"{Api}/");
        Assert.Equal((200, "text/html; charset=utf-8"), (status, type));
        return body;
    }

    private async Task SubmitAsync()
    {
        foreach (var line in Shown(s_page, "curl ").Where(line => line.Contains("127.0.0.1", StringComparison.Ordinal)))
            Assert.Contains("\"proved\"", await RunAsync(line));

        await File.WriteAllTextAsync(Path.Combine(_folder, "mine.json"), """{"language":"smtlib2","text":"(assert false)(check-sat)","id":"of-mine","labels":{"k":"v"}}""");
        string[] mine = ["--data-binary", "@mine.json", "-H", "Content-Type: application/json"];
        Assert.Equal("of-mine", (await JsonAsync(202, $"{Api}/v1/goals", mine)).GetProperty("id").GetString());
        Assert.Equal("settled", (await JsonAsync(200, $"{Api}/v1/goals?wait=true", mine)).GetProperty("state").GetString());
        Assert.Equal("bad-option", await ProblemAsync(400, $"{Api}/v1/goals?wait=long", mine));
    }

    /// <summary>Commands as a page shows them: indented, and perhaps with a comment behind.</summary>
    private static string[] Shown(string page, string beginning) =>
        [.. page.Split('\n').Where(line => line.StartsWith($"    {beginning}", StringComparison.Ordinal)).Select(line => line.Split(" # ")[0].Trim())];

    private static IEnumerable<string> Members(JsonElement json) => json.EnumerateObject().Select(member => member.Name);

    /// <summary>The same port for the same port of the page, and one that is free here.</summary>
    private string Port(string shown)
    {
        if (!_ports.TryGetValue(shown, out var port))
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            _ports[shown] = port = $"{((IPEndPoint)listener.LocalEndpoint).Port}";
        }

        return port;
    }

    private string Here(string line) => ShownPort().Replace(line, port => Port(port.Value));

    private async Task StartAsync(string line)
    {
        var start = Bash($"exec {Here(line)}", Repo.Root);
        var (node, said) = (new Process { StartInfo = start }, new Lines());
        _nodes.Add((node, said));
        node.ErrorDataReceived += (_, words) => said.Add(words.Data);
        node.OutputDataReceived += (_, words) => said.Add(words.Data);
        node.Start();
        _undertaker.Kill(node.Id);
        node.BeginErrorReadLine();
        node.BeginOutputReadLine();
        await Patience.ForAsync(Task.WhenAny(said.ContainsAsync(" is up: "), node.WaitForExitAsync()), $"'{line}' to be up", () => said.Text, s_patience);
        Assert.False(node.HasExited, said.Text);
    }

    private Task<JsonElement> JsonAsync(int status, string address, params string[] words) => ReadAsync(status, "application/json", address, words);

    private async Task<string?> ProblemAsync(int status, string address, params string[] words) =>
        (await ReadAsync(status, "application/problem+json", address, words)).GetProperty("code").GetString();

    private async Task<JsonElement> ReadAsync(int status, string type, string address, string[] words)
    {
        var answer = await CurlAsync(address, words);
        Assert.True((status, type) == (answer.Status, answer.Type), $"{address}: {answer}");
        return JsonDocument.Parse(answer.Body).RootElement;
    }

    private async Task<(int Status, string Type, string Body)> CurlAsync(string address, params string[] words)
    {
        var start = new ProcessStartInfo("curl", ["-sS", "--max-time", "60", "-w", "\n%{http_code} %{content_type}", .. words, address]);
        var said = await RunAsync(start);
        var end = said.LastIndexOf('\n');
        var about = said[(end + 1)..].Split(' ', 2);
        return (int.Parse(about[0], System.Globalization.CultureInfo.InvariantCulture), about[1], said[..end]);
    }

    private Task<string> RunAsync(string line) => RunAsync(Bash(Here(line), _folder));

    private async Task<string> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, _folder);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Patience.ForAsync(process.WaitForExitAsync(), start.FileName, () => string.Join('\n', _nodes.Select(node => node.Said.Text)), s_patience);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', start.ArgumentList)}: {await output}{await error}");
        return await output;
    }

    private ProcessStartInfo Bash(string line, string folder)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["ACTOR_RUNTIME"] = ActorRuntime.HasNetwork ? "akka" : "embedded";
        start.Environment["PROVE_NO_INSTALL"] = "1";
        start.Environment["PROVER_CLUSTER_UNDERTAKER"] = _undertaker.Mark;
        return start;
    }

    [GeneratedRegex("""src="(?<path>page/[^"]+)""")]
    private static partial Regex FileOfPage();

    [GeneratedRegex(@"\b(4051|4053|8081)\b")]
    private static partial Regex ShownPort();

    [GeneratedRegex(@"^\| `(?<route>[A-Z]+ /[^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex RouteRow();
}
