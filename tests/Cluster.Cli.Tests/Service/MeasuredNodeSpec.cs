using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ProverCluster.Cli.Tests.BadInput;

namespace ProverCluster.Cli.Tests.Service;

/// <summary>./node as it is built, and what it says of itself: to a collector by OTLP, and in its log.</summary>
[Collection(OneByOne.Name)]
public sealed class MeasuredNodeSpec : IDisposable
{
    /// <summary>Stands in the goal's text.</summary>
    private const string Marked = "what-is-nobodys-business";

    private readonly NodeProgram _node = new();
    private readonly HttpListener _collector = new();
    private readonly ConcurrentQueue<(string Path, string Body)> _collected = new();

    public void Dispose()
    {
        _node.Dispose();
        _collector.Close();
    }

    [Fact]
    public async Task A_collector_that_is_named_should_be_sent_metrics_and_a_trace_of_each_goal_and_none_of_its_text()
    {
        _node.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collect();
        _node.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        _node.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "200";
        _node.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        var address = await _node.StartWithHttpAsync("--config", await _node.WithPuppetAsync());
        var settled = await SettleAsync(address);
        var withdrawn = await WithdrawAsync(address);

        await Eventually.True(() => Has("/v1/traces", settled) && Has("/v1/traces", withdrawn) && Has("/v1/metrics", "prover_cluster.runs"), "both traces and metrics have come");
        foreach (var span in new[] { "goal", "submit", "queue", "run", "verdict", "preemption" })
            Assert.True(Has("/v1/traces", Named(span)), span);
        Assert.True(Has("/v1/metrics", "prover-cluster"));
        // Though nobody has read it over HTTP.
        Assert.True(Has("/v1/metrics", "prover_cluster.cache.contradictions"));
        Assert.False(Has("/v1/", Marked));
    }

    [Fact]
    public async Task A_collector_for_metrics_alone_should_be_sent_no_trace()
    {
        _node.Environment["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = $"{Collect()}v1/metrics";
        _node.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        _node.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "200";
        _node.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        await SettleAsync(await _node.StartWithHttpAsync("--config", await _node.WithPuppetAsync()));

        await Eventually.True(() => Has("/v1/metrics", "prover_cluster.runs"), "metrics have come");
        await _node.SignalAsync("TERM");
        Assert.Equal(0, await _node.ExitAsync());
        Assert.False(Has("/", Named("goal")));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "garbage")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "garbage")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "x")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "x")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "x")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "x")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "0")]
    public async Task What_nobody_could_export_by_should_be_refused_in_one_sentence_before_there_is_a_node(string variable, string value)
    {
        _node.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1";
        _node.Environment[variable] = value;
        _node.Start("--port", "0");

        // The library does not say which header it cannot read, nor of which signal.
        Assert.Contains(variable.EndsWith("HEADERS", StringComparison.Ordinal) ? "OTEL_EXPORTER_OTLP_" : variable, await _node.LineAsync(), StringComparison.Ordinal);
        Assert.Empty(await _node.Process.StandardError.ReadToEndAsync());
        Assert.Equal(3, await _node.ExitAsync());
    }

    [Fact]
    public async Task A_configuration_that_is_refused_should_be_an_error_in_JSON_where_that_is_asked_for()
    {
        _node.Start("--port", "0", "--config", await _node.WithPuppetAsync("telemetry.log = json", "prover-cluster.tick = never"));

        var line = JsonElement.Parse(await _node.LineAsync());
        Assert.Equal("error", line.GetProperty("level").GetString());
        Assert.Contains("prover-cluster.tick is 'never'", Message(line), StringComparison.Ordinal);
        Assert.Equal(3, await _node.ExitAsync());
    }

    [Fact]
    public async Task A_collector_that_does_not_answer_should_keep_no_goal_from_its_verdict_and_no_node_from_leaving()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        _node.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{deaf.LocalEndpoint}";
        await SettleAsync(await _node.StartWithHttpAsync("--config", await _node.WithPuppetAsync()));

        await _node.SignalAsync("TERM");
        Assert.Equal(0, await _node.ExitAsync());
    }

    [Fact]
    public async Task Each_line_of_a_log_in_JSON_should_be_an_object_and_those_of_a_goal_and_a_run_name_them_and_never_the_text()
    {
        _node.Start("--port", "0", "--http", "0", "--config", await _node.WithPuppetAsync("telemetry.log = json", "akka.loglevel = DEBUG"));
        var lines = new List<JsonElement>();
        var address = (await UntilAsync(lines, line => Message(line).Contains("answers on", StringComparison.Ordinal))).GetProperty("message").GetString()!.Split(' ')[2].TrimEnd(';');
        await UntilAsync(lines, line => Message(line).Contains(" is up: ", StringComparison.Ordinal));
        var goal = await SettleAsync(address);

        var settled = await UntilAsync(lines, line => line.TryGetProperty("event", out var kind) && kind.GetString() == "GoalSettled");
        Assert.Equal((goal, 1000), (settled.GetProperty("goal").GetString(), settled.GetProperty("eventId").GetInt32()));
        var ended = lines.Single(line => line.TryGetProperty("event", out var kind) && kind.GetString() == "RunEnded");
        Assert.Matches($@"^{goal}/\d+/puppet/1$", ended.GetProperty("run").GetString());
        Assert.All(lines, line => Assert.Contains(line.GetProperty("level").GetString(), new[] { "debug", "info", "warning", "error" }));
        Assert.DoesNotContain(lines, line => line.GetRawText().Contains(Marked, StringComparison.Ordinal));
    }

    /// <summary>A span's name as it is on the wire, field 5 of the message: tags have these words in them, too.</summary>
    private static string Named(string span) => $"\x2A{(char)span.Length}{span}";

    private static string Message(JsonElement line) => line.GetProperty("message").GetString()!;

    private bool Has(string path, string text) => _collected.Any(each => each.Path.StartsWith(path, StringComparison.Ordinal) && each.Body.Contains(text, StringComparison.Ordinal));

    private async Task<JsonElement> UntilAsync(List<JsonElement> lines, Func<JsonElement, bool> isIt)
    {
        while (true)
        {
            lines.Add(JsonElement.Parse(await _node.LineAsync()));
            if (isIt(lines[^1]))
                return lines[^1];
        }
    }

    /// <summary>Has one goal proved; its id.</summary>
    private static async Task<string> SettleAsync(string address)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var told = await SubmitAsync(client, "say unsat", wait: true);
        Assert.Equal("proved", told.GetProperty("verdict").GetString());
        return told.GetProperty("id").GetString()!;
    }

    /// <summary>Has one goal begun, and gives it up; its id.</summary>
    private static async Task<string> WithdrawAsync(string address)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var id = (await SubmitAsync(client, "sleep 60000", wait: false)).GetProperty("id").GetString()!;
        var prover = ProverProcesses.OfGoal(id);
        await Eventually.True(() => prover.Look().Count > 0, "its prover lives");
        using var gone = await client.DeleteAsync($"/v1/goals/{id}");
        Assert.True(gone.IsSuccessStatusCode);
        return id;
    }

    private static async Task<JsonElement> SubmitAsync(HttpClient client, string play, bool wait)
    {
        using var goal = new StringContent($"c play: {play}\nc {Marked}\np cnf 1 1\n1 0\n");
        goal.Headers.ContentType = new("application/dimacs");
        using var answer = await client.PostAsync($"/v1/goals?backends=puppet&wait={(wait ? "true" : "false")}", goal);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A collector that keeps what it is sent, byte for byte.</summary>
    private string Collect()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = $"http://{free.LocalEndpoint}/";
        free.Stop();
        _collector.Prefixes.Add(address);
        _collector.Start();
        _ = Task.Run(async () =>
        {
            while (_collector.IsListening)
            {
                var context = await _collector.GetContextAsync();
                using var body = new StreamReader(context.Request.InputStream, Encoding.Latin1);
                _collected.Enqueue((context.Request.Url!.AbsolutePath, await body.ReadToEndAsync()));
                context.Response.Close();
            }
        });
        return address;
    }
}
