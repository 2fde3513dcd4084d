using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Tests.Nodes;

public sealed class PlacementSpec
{
    private readonly Dictionary<string, NodeEntry> _nodes = [];

    [Fact]
    public void Runs_should_spread_over_the_nodes_with_the_most_free_slots()
    {
        Node("a", free: 2).Node("b", free: 2).Node("c", free: 1);
        var places = Places(Begin().Spread(View("z3", "cvc5", "eprover")));

        Assert.Equal(["a", "b"], places[..2].Select(place => place.Node).Order());
        Assert.Equal(3, places.Count);
    }

    [Fact]
    public void A_run_should_go_only_to_a_node_that_has_its_backend()
    {
        Node("a", free: 9, "cvc5").Node("b", free: 1, "z3");

        Assert.Equal("b", Assert.Single(Places(Begin().Spread(View("z3")))).Node);
    }

    [Fact]
    public void The_version_of_that_node_should_go_with_the_run()
    {
        _nodes["a"] = new NodeEntry(new NodeEvents.Offered("a", [new BackendOffer(BackendName.Parse("z3"), GoalLanguage.SmtLib2, "4.13")], 1, 1, 0, false), ActorRefs.Nobody, true);

        Assert.Equal("4.13", Assert.Single(Places(Begin().Spread(View("z3")))).Version);
    }

    [Fact]
    public void Where_nothing_is_free_the_goal_should_wait_at_every_node_that_could_serve_it_and_hold_none()
    {
        Node("a", free: 0).Node("b", free: 0, "cvc5").Node("c", free: 0, "spass");
        var step = Begin().Spread(View("z3", "cvc5"));

        Assert.Empty(Places(step));
        Assert.Equal(["a", "b"], Asked<SlotCommands.Want>(step).Select(ask => ask.Node).Order());
        Assert.Empty(step.Placement.Spread(View("z3", "cvc5")).Moves);
    }

    [Fact]
    public void A_granted_slot_should_go_to_the_first_run_that_the_node_can_serve_and_the_goal_wait_on_for_the_others()
    {
        Node("a", free: 0, "cvc5", "spass");
        var waiting = Begin().Spread(View("z3", "cvc5", "spass")).Placement;
        var step = waiting.OnGranted(Granted("a"), View("z3", "cvc5", "spass"));

        Assert.Equal(("cvc5", "a", 7L), Assert.Single(Places(step)) is var place ? (place.Run.Backend.Value, place.Node, place.Grant!.Value) : default);
        Assert.Equal(new SlotRank(0, 1), Assert.Single(Asked<SlotCommands.Want>(step)).Command.Rank);
    }

    [Fact]
    public void A_goal_that_was_served_elsewhere_should_pass_a_slot_to_one_that_was_not()
    {
        Node("a", free: 0).Node("b", free: 0);
        var once = Begin().Spread(View("z3", "cvc5")).Placement.OnGranted(Granted("a"), View("z3", "cvc5")).Placement;
        var step = once.OnGranted(Granted("b", next: new SlotRank(0, 0)), View("cvc5"));

        Assert.Empty(Places(step));
        Assert.Equal(new SlotRank(0, 1), Assert.Single(Asked<SlotCommands.Pass>(step)).Command.Rank);
        Assert.Single(Places(step.Placement.OnGranted(Granted("b", next: new SlotRank(0, 1)), View("cvc5"))));
    }

    [Fact]
    public void A_slot_that_nobody_needs_any_more_should_be_given_back()
    {
        Node("a", free: 0);
        var step = Begin().Spread(View("z3")).Placement.OnGranted(Granted("a"), View());

        Assert.Null(Assert.Single(Asked<SlotCommands.Pass>(step)).Command.Rank);
    }

    [Fact]
    public void A_goal_that_needs_nothing_any_more_should_wait_nowhere()
    {
        Node("a", free: 0).Node("b", free: 0);
        var step = Begin().Spread(View("z3")).Placement.Spread(View());

        Assert.Equal(["a", "b"], Asked<SlotCommands.Unwant>(step).Select(ask => ask.Node).Order());
        Assert.False(step.Placement.WaitsAnywhere);
    }

    [Fact]
    public void A_run_that_a_node_refuses_should_go_elsewhere()
    {
        Node("a", free: 1);
        var placed = Begin().Spread(View("z3")).Placement;
        Node("b", free: 1);

        Assert.Equal("b", Assert.Single(Places(Refuse(placed, "z3", "a", "z3"))).Node);
    }

    [Fact]
    public void A_run_that_the_only_node_refuses_should_wait_there()
    {
        Node("a", free: 1);
        var step = Refuse(Begin().Spread(View("z3")).Placement, "z3", "a", "z3");

        Assert.Equal(new SlotRank(0, 0), Assert.Single(Asked<SlotCommands.Want>(step)).Command.Rank);
    }

    [Fact]
    public void A_goal_whose_run_was_refused_should_wait_nowhere_as_if_it_had_been_served()
    {
        Node("a", free: 1).Node("b", free: 0);
        var step = Begin().Spread(View("z3", "cvc5"));
        var placed = Assert.Single(Places(step));
        Assert.Equal([("a", 1), ("b", 1)], Asked<SlotCommands.Want>(step).Select(ask => (ask.Node, ask.Command.Rank.Turn)).Order());

        step = Refuse(step.Placement, placed.Run.Backend.Value, "a", "z3", "cvc5");
        Assert.Equal([("a", 0), ("b", 0)], Asked<SlotCommands.Want>(step).Select(ask => (ask.Node, ask.Command.Rank.Turn)).Order());
    }

    [Fact]
    public void A_run_that_was_refused_should_wait_for_the_turn_that_it_had_whatever_else_of_its_goal_runs()
    {
        Node("a", free: 1).Node("b", free: 1);
        var both = Begin().Spread(View("z3", "cvc5"));
        Node("a", free: 0).Node("b", free: 0);
        var step = Refuse(both.Placement, "z3", Places(both).Single(place => place.Run.Backend.Value == "z3").Node, "z3");

        Assert.Equal([("a", 0), ("b", 0)], Asked<SlotCommands.Want>(step).Select(ask => (ask.Node, ask.Command.Rank.Turn)).Order());
        step = Refuse(both.Placement, "cvc5", Places(both).Single(place => place.Run.Backend.Value == "cvc5").Node, "cvc5");
        Assert.Equal([("a", 1), ("b", 1)], Asked<SlotCommands.Want>(step).Select(ask => (ask.Node, ask.Command.Rank.Turn)).Order());
    }

    [Fact]
    public void A_run_should_be_given_up_only_when_every_node_that_could_serve_it_is_full()
    {
        Node("a", free: 0).Node("b", free: 0);
        var one = Begin().Spread(View("z3")).Placement.OnNotWaiting("a", Refusal.Full, View("z3"));
        Assert.Empty(one.Moves);

        var given = Assert.IsType<PlacementMove.GiveUp>(Assert.Single(one.Placement.OnNotWaiting("b", Refusal.Full, View("z3")).Moves));
        Assert.Equal("the queue of every node that has it is full", given.Detail);
    }

    [Fact]
    public void A_run_should_not_be_given_up_for_a_node_that_is_about_to_be_restarted()
    {
        Node("a", free: 0).Node("b", free: 0);
        var one = Begin().Spread(View("z3")).Placement.OnNotWaiting("a", Refusal.Draining, View("z3"));

        Assert.Empty(one.Placement.OnNotWaiting("b", Refusal.Full, View("z3")).Moves);
    }

    [Fact]
    public void A_run_that_nobody_can_serve_now_should_wait_for_somebody_to_come()
    {
        Node("a", free: 1, "spass");
        var step = Begin().Spread(View("z3"));
        Assert.Empty(step.Moves);

        Node("b", free: 1);
        Assert.Equal("b", Assert.Single(Places(step.Placement.Spread(View("z3")))).Node);
    }

    [Fact]
    public void A_draining_or_unreachable_node_should_get_nothing()
    {
        Node("a", free: 3);
        _nodes["a"] = _nodes["a"] with { IsReachable = false };
        Assert.Empty(Begin().Spread(View("z3")).Moves);

        _nodes["a"] = new NodeEntry(_nodes["a"].Offered with { IsDraining = true }, ActorRefs.Nobody, true);
        Assert.Empty(Begin().Spread(View("z3")).Moves);
    }

    [Fact]
    public void A_goal_whose_run_was_lost_should_wait_as_if_that_had_had_no_turn()
    {
        Assert.Equal(new SlotRank(0, 0), RankAfterLoss(Run("z3")));
        Assert.Equal(new SlotRank(0, 1), RankAfterLoss(Run("cvc5")));
        Assert.Equal(new SlotRank(0, 0), RankAfterLoss(Run("cvc5"), Run("z3")));
    }

    [Fact]
    public void A_run_that_is_drained_again_and_again_should_keep_the_turn_that_it_had()
    {
        Node("a", free: 2);
        var placement = Begin().Spread(View("z3", "cvc5")).Placement;
        for (var attempt = 2; attempt < 5; attempt++)
        {
            Node("a", free: 1);
            placement = placement.Spread(new PlacementView(_nodes, [Run("z3") with { Attempt = attempt }])).Placement;
        }

        Node("a", free: 0);
        var step = placement.Spread(new PlacementView(_nodes, [Run("z3") with { Attempt = 5 }]));
        Assert.Equal(new SlotRank(0, 0), Assert.Single(Asked<SlotCommands.Want>(step)).Command.Rank);
    }

    [Fact]
    public void A_lost_run_should_be_placed_elsewhere_if_there_is_an_elsewhere()
    {
        Node("a", free: 9);
        var lost = Begin().Spread(View("z3")).Placement;
        var again = new PlacementView(_nodes, [Run("z3") with { Attempt = 2 }]);
        Assert.Equal("a", Assert.Single(Places(lost.Spread(again))).Node);

        Node("b", free: 1);
        Assert.Equal("b", Assert.Single(Places(lost.Spread(again))).Node);
    }

    [Fact]
    public void What_may_have_been_lost_should_be_said_again()
    {
        Node("a", free: 0);
        var step = Begin().Spread(View("z3")).Placement.Remind(View("z3"));

        Assert.Single(Asked<SlotCommands.Want>(step));
    }

    /// <summary>The goal's rank when z3 was placed first, then cvc5, and those were lost.</summary>
    private SlotRank RankAfterLoss(params RunId[] lost)
    {
        Node("a", free: 2);
        var placed = Begin().Spread(View("z3", "cvc5")).Placement;
        Node("a", free: 0);
        return Assert.Single(Asked<SlotCommands.Want>(placed.Spread(new PlacementView(_nodes, [.. lost.Select(run => run with { Attempt = 2 })])))).Command.Rank;
    }

    private static Placement Begin() => new(GoalId.Parse("goal"), 1, GoalLanguage.SmtLib2, 0);

    /// <summary>What the coordinator makes of a refusal: the node has none free, and the run is placed anew.</summary>
    private PlacementStep Refuse(Placement placement, string backend, string node, params string[] sought)
    {
        Node(node, free: 0);
        return placement.Refuse(new RunEvents.Refused(Run(backend), node, Refusal.Full)).Spread(View(sought));
    }

    private static RunId Run(string backend) => new(GoalId.Parse("goal"), 1, BackendName.Parse(backend), 1);

    private static SlotEvents.Granted Granted(string node, SlotRank? next = null) => new(GoalId.Parse("goal"), 1, node, 7, next);

    private static List<PlacementMove.Place> Places(PlacementStep step) => [.. step.Moves.OfType<PlacementMove.Place>()];

    private static List<(string Node, T Command)> Asked<T>(PlacementStep step) =>
        [.. step.Moves.OfType<PlacementMove.Ask>().Where(ask => ask.Command is T).Select(ask => (ask.Node, (T)ask.Command))];

    private PlacementSpec Node(string name, int free, params string[] backends)
    {
        string[] has = backends.Length == 0 ? ["z3", "cvc5", "eprover"] : backends;
        var offers = has.Select(backend => new BackendOffer(BackendName.Parse(backend), GoalLanguage.SmtLib2, null)).ToArray();
        _nodes[name] = new NodeEntry(new NodeEvents.Offered(name, offers, 9, free, 0, IsDraining: false), ActorRefs.Nobody, IsReachable: true);
        return this;
    }

    private PlacementView View(params string[] sought) => new(_nodes, [.. sought.Select(Run)]);
}
