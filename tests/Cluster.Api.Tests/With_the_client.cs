using ProverCluster.Client;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Api;

/// <summary>The client library and a real node, which elsewhere are tested by the contract between them.</summary>
public sealed class With_the_client(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private static readonly ProveOptions OnThePuppet = new() { Backends = ["puppet"], WithdrawGrace = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task A_goal_is_proved_and_its_story_told()
    {
        await using var client = Connect();
        var told = new List<RaceEvent>();
        var result = await client.ProveAsync(Goal("say unsat"), OnThePuppet with { Timeout = TimeSpan.FromSeconds(30) }, new Story(told));

        Assert.Equal((Verdict.Proved, "puppet"), (result.Verdict, Assert.Single(result.Runs).Run.Backend.Value));
        Assert.IsType<RaceEvent.Settled>(told[^1]);
        Assert.Equal(told.Count, told.Select(what => what.GetType()).Distinct().Count());
    }

    [Fact]
    public async Task A_call_that_is_cancelled_returns_when_its_provers_are_dead()
    {
        await using var client = Connect();
        using var cancel = new CancellationTokenSource();
        var id = GoalId.Parse(ApiNode.NewId());
        var proving = client.ProveAsync(Goal("deaf sleep 1000") with { Id = id }, OnThePuppet, cancellationToken: cancel.Token);
        var processes = await ApiNode.RunsAsync(id.Value);
        await cancel.CancelAsync();

        Assert.True((await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving)).IsConfirmed);
        Assert.Empty(processes.Look());
    }

    [Fact]
    public async Task Who_gives_up_a_goal_that_another_client_wants_takes_it_from_nobody()
    {
        await using var client = Connect();
        await using var other = Connect();
        using var cancel = new CancellationTokenSource();
        var goal = Goal("await say unsat") with { Id = GoalId.Parse(ApiNode.NewId()) };
        var (proving, others) = (client.ProveAsync(goal, OnThePuppet, cancellationToken: cancel.Token), other.ProveAsync(goal, OnThePuppet));
        await ApiNode.RunsAsync(goal.Id.Value);
        await cancel.CancelAsync();

        Assert.True((await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving)).IsConfirmed);
        Assert.False(others.IsCompleted);
        Assert.Equal(Verdict.Proved, (await ApiNode.CallAsync(goal.Id.Value, others)).Verdict);
    }

    [Fact]
    public async Task Many_goals_have_their_results_in_order()
    {
        await using var client = Connect();
        string[] plays = ["sleep 0.3 say unsat", "say sat", "say unsat", "say unknown"];
        var verdicts = new List<Verdict>();
        await foreach (var result in client.ProveManyAsync(plays.Select(Goal), OnThePuppet))
            verdicts.Add(result.Verdict);

        Assert.Equal([Verdict.Proved, Verdict.Refuted, Verdict.Proved, Verdict.Unknown], verdicts);
    }

    [Fact]
    public async Task A_goal_is_shown_listed_watched_and_withdrawn()
    {
        await using var client = Connect();
        var id = GoalId.Parse(ApiNode.NewId());
        var proving = client.ProveAsync(Goal("sleep 1000") with { Id = id }, OnThePuppet with { Labels = new Dictionary<string, string> { ["spec"] = id.Value } });
        await ApiNode.RunsAsync(id.Value);
        Assert.Equal(GoalState.Open, (await client.ShowAsync(id)).State);
        var listed = new List<GoalId>();
        await foreach (var goal in client.ListAsync(GoalState.Open, new Dictionary<string, string> { ["spec"] = id.Value }))
            listed.Add(goal.Id);
        Assert.Equal([id], listed);

        await client.WithdrawAsync(id);
        RaceEvent? last = null;
        await foreach (var what in client.WatchAsync(id))
            last = what;
        Assert.Equal(Verdict.Withdrawn, Assert.IsType<RaceEvent.Settled>(last).Result.Verdict);
        Assert.Equal(Verdict.Withdrawn, (await proving).Verdict);
        Assert.Contains((await client.BackendsAsync()).Single().Backends, offer => offer.Backend.Value == "puppet");
    }

    private static Client.Goal Goal(string play) => Client.Goal.FromText(ApiNode.Goal(play), GoalLanguage.Dimacs);

    private ProverClient Connect() => ProverClient.Connect(alone.Node.Server.Address.ToString());

    private sealed class Story(List<RaceEvent> told) : IProgress<RaceEvent>
    {
        public void Report(RaceEvent value)
        {
            lock (told)
                told.Add(value);
        }
    }
}
