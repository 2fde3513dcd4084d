using System.Net;

namespace ProverCluster.Api;

/// <summary>What a node measures, read from it after a race.</summary>
public sealed class Metrics(AloneFixture alone) : IClassFixture<AloneFixture>
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
}
