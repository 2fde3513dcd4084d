using System.Net;
using System.Text.RegularExpressions;

namespace ProverCluster.Api;

/// <summary>What a node measures, read from it after a race.</summary>
public sealed partial class Metrics(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private readonly ApiNode _node = alone.Node;

    [Fact]
    public async Task A_race_is_counted_with_its_run_and_its_verdict()
    {
        await _node.PostAsync("say unsat", "wait=true");
        var answer = await _node.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        string[] wanted =
        [
            "prover_cluster_goals_total{source=\"race\",verdict=\"proved\"} 1", "prover_cluster_runs_total{backend=\"puppet\",outcome=\"won\"} 1", "prover_cluster_verdict_duration_seconds_count{source=\"race\",verdict=\"proved\"} 1",
            "prover_cluster_members{status=\"up\"} 1", "prover_cluster_queue_depth 0", "prover_cluster_sandbox 0",
        ];
        Assert.Superset(wanted.ToHashSet(), answer.Text.Split('\n').ToHashSet());
    }

    [Fact]
    public async Task A_goal_that_is_not_raced_for_is_counted_as_such()
    {
        await _node.SendAsync(HttpMethod.Post, "/v1/goals?wait=true", "p cnf", "application/dimacs");

        Assert.Contains("prover_cluster_goals_total{source=\"none\",verdict=\"rejected\"} 1\n", (await _node.GetAsync("/metrics")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("off", HttpStatusCode.Unauthorized)]
    [InlineData("on", HttpStatusCode.OK)]
    public async Task Whoever_asks_is_told_them_where_that_is_said_and_nothing_else(string open, HttpStatusCode status)
    {
        using var nobody = new TokensFile();
        await using var node = await ApiNode.StartAsync($"{nobody.Hocon}prover-cluster.http.open-metrics = {open}");
        Assert.Equal(status, (await node.GetAsync("/metrics")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await node.GetAsync("/v1/goals")).Status);
    }

    [Fact]
    public async Task A_preempted_run_is_measured_from_the_request_to_its_end()
    {
        var id = ApiNode.NewId();
        await _node.PostAsync("sleep 1000", $"id={id}");
        await ApiNode.RunsAsync(id);
        await _node.DeleteAsync($"/v1/goals/{id}");
        await _node.SettledAsync(id);

        var lines = (await _node.GetAsync("/metrics")).Text.Split('\n');
        Assert.Contains("prover_cluster_preemption_signal_duration_seconds_count{reason=\"withdrawn\"} 1", lines);
        Assert.Contains("prover_cluster_preemption_reap_duration_seconds_count{reason=\"withdrawn\"} 1", lines);
        Assert.Contains(lines, line => line.StartsWith("prover_cluster_tick_lateness_seconds_count ", StringComparison.Ordinal));
    }

    [RequiresFact("promtool")]
    public async Task Prometheus_own_tool_finds_nothing_wrong_with_all_that_a_node_has_to_say() =>
        Assert.Equal((0, ""), await Promtool.TryAsync(await AllAsync(), "check", "metrics"));

    [SqliteFact]
    public async Task Every_metric_of_the_page_is_there_and_every_label_that_an_alarm_selects_by()
    {
        var body = await AllAsync();
        var page = await File.ReadAllTextAsync(Path.Combine(Repo.Root, "docs/operations.md"));
        var alarms = await File.ReadAllTextAsync(Path.Combine(Repo.Root, "deploy/prometheus/alerts.yaml"));
        var labels = Label().Matches(alarms).Select(label => label.Value).ToArray();

        Assert.Equal(Row().Matches(page).Select(row => row.Groups["name"].Value).Order(), Family().Matches(body).Select(family => family.Groups["name"].Value).Order());
        Assert.NotEmpty(labels);
        Assert.All(labels, label => Assert.Contains(label, body));
    }

    /// <summary>What a node with a store measures when a prover has won, another has failed, and a third was killed.</summary>
    private static async Task<string> AllAsync()
    {
        var folder = Directory.CreateTempSubdirectory("metrics-").FullName;
        try
        {
            await using var node = await ApiNode.StartAsync(change: settings => settings with { Store = settings.Store with { Folder = folder } });
            await node.PostAsync("say unsat", "wait=true");
            await node.PostAsync("die SEGV", "wait=true");
            var id = ApiNode.NewId();
            await node.PostAsync("sleep 1000", $"id={id}");
            await ApiNode.RunsAsync(id);
            await node.DeleteAsync($"/v1/goals/{id}");
            await node.SettledAsync(id);
            return (await node.GetAsync("/metrics")).Text;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"^\| `(?<name>prover_cluster_\w+)", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^# TYPE (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex(@"\w+=""\w+""")]
    private static partial Regex Label();
}
