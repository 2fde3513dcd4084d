using System.Text.Json;
using ProverCluster.Client.Tests.World;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests;

public sealed class Proving
{
    [Fact]
    public async Task A_goal_is_submitted_once_and_followed_to_its_end()
    {
        await using var world = await ClientWorld.StartAsync();
        var heard = new Heard();
        var result = await world.Prover.ProveAsync(ClientWorld.Goal with { Name = "a b.smt2" }, progress: heard);
        Assert.Equal((Verdict.Proved, SzsStatus.Unsatisfiable, "z3", "a b.smt2"), (result.Verdict, result.Szs, result.Winner?.Value, result.Name));
        Assert.Equal("here:1", Assert.Single(result.Runs).Node);
        Assert.Equal("Accepted RunStarted RunEnded Settled", heard.Rest());
        Assert.Equal("POST", world.Kinds());
        var post = world.Nodes[0].Requests.First();
        Assert.Equal(($"/v1/goals?wait=events&id={result.Id}&name=a%20b.smt2", "application/smtlib2", ClientWorld.Text), (post.Route, post.ContentType, post.Body));
    }

    [Fact]
    public async Task Every_option_is_sent_by_its_name_on_the_command_line()
    {
        await using var world = await ClientWorld.StartAsync(change: options => options with { Token = "s3cret" });
        await world.Prover.ProveAsync(ClientWorld.Goal with { Id = GoalId.Parse("mine") }, new ProveOptions
        {
            Timeout = TimeSpan.FromSeconds(10),
            RunTimeout = TimeSpan.FromMilliseconds(1500),
            Memory = 1L << 30,
            Strategy = Strategy.BestOf,
            Priority = -3,
            Backends = ["z3", "cvc5"],
            Labels = new Dictionary<string, string> { ["k"] = "v&=ü" },
            ShowOutput = true,
        });
        var post = world.Nodes[0].Requests.First();
        Assert.Equal("/v1/goals?wait=events&id=mine&timeout=10s&run-timeout=1500ms&memory=1073741824B&strategy=best-of&priority=-3&backends=z3%2Ccvc5&label=k%3Dv%26%3D%C3%BC&show-output=true", post.Route);
        Assert.All(world.Nodes[0].Requests, request => Assert.Equal("Bearer s3cret", request.Authorization));
    }

    [Fact]
    public async Task Options_that_no_request_line_holds_go_as_json()
    {
        await using var world = await ClientWorld.StartAsync();
        var name = new string('n', 3000);
        await world.Prover.ProveAsync(ClientWorld.Goal with { Name = name }, new ProveOptions { Priority = 2, Backends = ["z3"], Labels = new Dictionary<string, string> { ["k"] = "v" } });
        var post = world.Nodes[0].Requests.First();
        Assert.Equal(("/v1/goals?wait=events", "application/json"), (post.Route, post.ContentType));
        var json = JsonDocument.Parse(post.Body).RootElement;
        Assert.Equal(("smtlib2", ClientWorld.Text, name), (json.GetProperty("language").GetString(), json.GetProperty("text").GetString(), json.GetProperty("name").GetString()));
        Assert.Equal((2, "z3", "v"), (json.GetProperty("priority").GetInt32(), json.GetProperty("backends")[0].GetString(), json.GetProperty("labels").GetProperty("k").GetString()));
    }

    [Fact]
    public async Task A_goal_that_was_proved_before_tells_its_story_once_more()
    {
        await using var world = await ClientWorld.StartAsync();
        var (mine, heard) = (ClientWorld.Goal with { Id = GoalId.Parse("mine") }, new Heard());
        await world.Prover.ProveAsync(mine);
        var again = await world.Prover.ProveAsync(mine, progress: heard);
        Assert.Equal((Verdict.Proved, "Accepted RunStarted RunEnded Settled"), (again.Verdict, heard.Rest()));
        Assert.Equal("POST POST", world.Kinds());
    }

    [Fact]
    public async Task The_winners_output_is_in_the_result()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Race = goal => goal.TellRaw("settled",
            $$"""{"id":"{{goal.Id}}","state":"settled","cached":true,"goal":"a","verdict":"refuted","szs":"Satisfiable","winner":"z3","decidedMs":1.0,"settledMs":2.0,"reason":null,"runs":[],"model":"(model)","core":null,"proof":null}""");
        var result = await world.Prover.ProveAsync(ClientWorld.Goal, new ProveOptions { ShowOutput = true });
        Assert.Equal((Verdict.Refuted, "(model)", true), (result.Verdict, result.Output, result.IsCached));
    }

    [Fact]
    public async Task Events_nobody_knows_here_are_skipped()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Race = goal =>
        {
            goal.TellRaw("moved", "not even JSON");
            goal.Settle(Verdict.Proved);
        };
        Assert.Equal(Verdict.Proved, (await world.Prover.ProveAsync(ClientWorld.Goal)).Verdict);
    }

    [Fact]
    public async Task A_goal_can_be_shown_watched_and_withdrawn_by_its_id()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Race = goal => goal.Begin();
        var proving = world.Prover.ProveAsync(ClientWorld.Goal);
        await Eventually.True(() => world.Cluster.Goals.Count == 1, "the goal is followed");
        var id = world.OnlyGoal.Id;
        Assert.Equal(GoalState.Open, (await world.Prover.ShowAsync(id)).State);

        await using var watching = world.Prover.WatchAsync(id).GetAsyncEnumerator();
        Assert.True(await watching.MoveNextAsync());
        Assert.Equal("z3", Assert.Single(Assert.IsType<RaceEvent.Accepted>(watching.Current).Planned).Value);

        Assert.Equal(Verdict.Withdrawn, (await world.Prover.WithdrawAsync(id)).Verdict);
        var rest = new List<string>();
        while (await watching.MoveNextAsync()) rest.Add(watching.Current.GetType().Name);
        Assert.Equal(["RunStarted", "RunEnded", "Settled"], rest);
        // Somebody else gave it up: that is an answer, and no exception.
        Assert.Equal(Verdict.Withdrawn, (await proving).Verdict);
    }

    [Fact]
    public async Task Goals_are_listed_page_by_page()
    {
        await using var world = await ClientWorld.StartAsync();
        for (var number = 0; number < 5; number++) await world.Prover.ProveAsync(ClientWorld.Goal with { Name = number.ToString() });
        world.Nodes[0].Requests.Clear();
        var names = await world.Prover.ListAsync(GoalState.Settled, new Dictionary<string, string> { ["k"] = "a b" }).Select(goal => goal.Name).ToListAsync();
        Assert.Equal(["4", "3", "2", "1", "0"], names);
        Assert.Equal(
            ["/v1/goals?label=k%3Da%20b&state=settled", "/v1/goals?label=k%3Da%20b&state=settled&after=2", "/v1/goals?label=k%3Da%20b&state=settled&after=4"],
            world.Nodes[0].Requests.Select(request => request.Route));
    }

    [Fact]
    public async Task An_unknown_goal_is_told_of()
    {
        await using var world = await ClientWorld.StartAsync();
        var nobody = GoalId.Parse("nobody");
        Assert.Equal("unknown-goal", (await Assert.ThrowsAsync<UnknownGoalException>(() => world.Prover.ShowAsync(nobody))).Code);
        await Assert.ThrowsAsync<UnknownGoalException>(() => world.Prover.WithdrawAsync(nobody));
        await Assert.ThrowsAsync<UnknownGoalException>(async () => await world.Prover.WatchAsync(nobody).FirstAsync());
    }

    [Fact]
    public async Task What_the_cluster_can_run_is_told_by_node()
    {
        await using var world = await ClientWorld.StartAsync();
        var node = Assert.Single(await world.Prover.BackendsAsync());
        Assert.Equal(("here:1", 4, 3), (node.Node, node.Slots, node.Free));
        Assert.Equal(("z3", GoalLanguage.SmtLib2), (node.Backends[0].Backend.Value, node.Backends[0].Language));
    }
}
