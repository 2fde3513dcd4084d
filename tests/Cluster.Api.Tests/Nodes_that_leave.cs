using System.Net;
using ProverCluster.Node.Membership;

namespace ProverCluster.Api;

/// <summary>
/// What is accepted, and waited for by nobody, is kept by the cluster alone: also while it moves to a node that leaves, and from there. Akka's shards drop what is told to them
/// then; those of the embedded runtime do not.
/// </summary>
[Collection(nameof(Several_nodes))]
public sealed class Nodes_that_leave
{
    private const int Rounds = 40;
    private const int GoalsARound = 30;
    private const int SigUsr1 = 10;

    private static readonly TimeSpan s_tooLong = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(2);

    [StressFact]
    public async Task Goals_that_nobody_waits_for_are_proved_although_node_after_node_leaves_that_had_their_records()
    {
        await using var stays = await ApiNode.StartAsync($"prover-cluster {{ slots = {GoalsARound} }}", Place([], NodeRoles.All));
        for (var round = 0; round < Rounds; round++)
        {
            // Mostly it runs nothing, so that it hands over what it has at once, while all goals are open.
            string[] roles = [NodeRoles.Coordinator, NodeRoles.Http, .. round % 4 == 3 ? [NodeRoles.Prover] : Array.Empty<string>()];
            await using var leaves = await ApiNode.StartAsync("prover-cluster { slots = 2 }", Place([stays.Node.Name], roles));
            await Task.WhenAll(stays.Node.UpAsync(), leaves.Node.UpAsync());
            // Sooner or later after it has come shards move to it.
            await Task.Delay(_random.Next(0, 3000));
            await AreProvedAsync(stays, leaves, round);
        }
    }

    private async Task AreProvedAsync(ApiNode stays, ApiNode leaves, int round)
    {
        var open = Enumerable.Range(0, GoalsARound).Select(_ => ApiNode.NewId()).ToHashSet();
        foreach (var id in open)
            Assert.Equal(HttpStatusCode.Accepted, (await (_random.Next(2) == 0 ? stays : leaves).PostAsync("await say unsat", $"id={id}&timeout=300s")).Status);
        string[] all = [.. open];
        var provers = new ProverProcesses(environment => all.Any(id => environment.Contains($"PROVER_CLUSTER_RUN={id}/", StringComparison.Ordinal)));
        await Eventually.True(() => provers.Look().Count == GoalsARound, $"all goals of round {round} run", instead: () => provers.Look().Count);

        var leaving = leaves.Node.DisposeAsync().AsTask();
        var chance = 0.005 + 0.15 * _random.NextDouble();
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (open.Count > 0)
        {
            foreach (var prover in provers.Look().Where(prover => ProverProcesses.Catches(prover.Pid, SigUsr1)))
            {
                // One after the other, while the node leaves; then whoever is left.
                if (!leaving.IsCompleted && _random.NextDouble() > chance)
                    continue;
                using var kill = System.Diagnostics.Process.Start("kill", ["-USR1", $"{prover.Pid}"]);
                await kill.WaitForExitAsync();
            }

            foreach (var id in all.Where(open.Contains))
            {
                var seen = await stays.GetAsync($"/v1/goals/{id}");
                Assert.True(since.Elapsed < s_tooLong, $"round {round}, {open.Count} goals not settled, as {id}: {seen.Text}");
                if (!seen.Json.TryGetProperty("state", out var state) || state.GetString() != "settled")
                    continue;
                Assert.Equal("proved", seen["verdict"]);
                open.Remove(id);
            }
        }

        await leaving;
    }

    private static ClusterPlace Place(IReadOnlyList<string> seeds, IReadOnlyList<string> roles) => new("127.0.0.1", 0, seeds, roles);
}
