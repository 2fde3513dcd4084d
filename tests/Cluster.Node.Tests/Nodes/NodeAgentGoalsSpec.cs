using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Tests.Nodes;

/// <summary>Whom a node's agent gives its slots to, whom it obeys, and how it comes to its end.</summary>
public sealed class NodeAgentGoalsSpec : TestKit
{
    private readonly AgentWorld _world;

    public NodeAgentGoalsSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"") => _world = new AgentWorld(Sys, TestActor);

    [Fact]
    public void A_waiting_goal_should_be_granted_a_slot_only_when_the_run_in_it_is_reaped()
    {
        var agent = _world.Agent(slots: 1);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        agent.Tell(new SlotCommands.Want(AgentWorld.Goal("other"), 1, new SlotRank(0, 0)), TestActor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        _world.Launcher.Started.Single().Ends();
        ExpectMsg<RunEvents.Ended>();
        var granted = ExpectMsg<SlotEvents.Granted>();
        _world.Start(agent, "cvc5", goal: "other", grant: granted.Grant);
        Assert.Equal("cvc5", ExpectMsg<RunEvents.Started>().Run.Backend.Value);
    }

    [Fact]
    public void A_slot_that_is_granted_should_not_go_to_another_goal()
    {
        var agent = _world.Agent(slots: 1);
        agent.Tell(new SlotCommands.Want(AgentWorld.Goal("other"), 1, new SlotRank(0, 0)), TestActor);
        var granted = ExpectMsg<SlotEvents.Granted>();
        _world.Start(agent, "z3");
        Assert.Equal(Refusal.Full, ExpectMsg<RunEvents.Refused>().Why);

        agent.Tell(new SlotCommands.Pass(AgentWorld.Goal("other"), 1, granted.Grant, null), TestActor);
        _world.Start(agent, "cvc5");
        ExpectMsg<RunEvents.Started>();
    }

    [Fact]
    public void A_refused_run_that_is_asked_for_once_more_should_not_begin_where_its_coordinator_believes_it_refused()
    {
        var agent = _world.Agent(slots: 1);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        _world.Start(agent, "cvc5");
        ExpectMsg<RunEvents.Refused>();
        _world.Launcher.Started.Single().Ends();
        ExpectMsg<RunEvents.Ended>();

        // Said before the refusal was heard, on the way while the slot came free: by now the run is somewhere else.
        _world.Start(agent, "cvc5");
        Assert.Equal(Refusal.Full, FishForMessage<RunEvents.Refused>(_ => true).Why);
        Assert.Single(_world.Launcher.Started);
    }

    [Fact]
    public void A_full_queue_should_refuse_and_say_so()
    {
        var agent = _world.Agent(slots: 1, limit: 1);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        agent.Tell(new SlotCommands.Want(AgentWorld.Goal("a"), 1, new SlotRank(0, 0)), TestActor);
        agent.Tell(new SlotCommands.Want(AgentWorld.Goal("b"), 1, new SlotRank(0, 0)), TestActor);

        var told = ExpectMsg<SlotEvents.NotWaiting>();
        Assert.Equal(("b", Refusal.Full), (told.Goal.Value, told.Why));
    }

    [Fact]
    public void A_later_life_of_a_coordinator_should_end_what_the_earlier_one_started()
    {
        var agent = _world.Agent(slots: 2);
        var old = _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        _world.Start(agent, "z3", incarnation: 2);
        ExpectMsg<RunEvents.Started>();
        AwaitAssert(() =>
        {
            _world.Ticks.Tick();
            Assert.True(_world.Launcher.Started[0].IsKilled);
        });
        Assert.False(_world.Launcher.Started[1].IsKilled);

        agent.Tell(new RunCommands.Start(old with { Backend = BackendName.Parse("cvc5") }, null, GoalLanguage.SmtLib2, AgentWorld.Text, "", AgentWorld.Limits), TestActor);
        Assert.Equal(Refusal.Superseded, ExpectMsg<RunEvents.Refused>().Why);
    }

    [Fact]
    public void Runs_whose_coordinator_is_gone_should_wait_a_while_for_the_next_one_and_then_end()
    {
        var agent = _world.Agent(slots: 2);
        var (first, second) = (CreateTestProbe(), CreateTestProbe());
        _world.Start(agent, "z3", sender: first);
        ExpectMsg<RunEvents.Started>();
        _world.Start(agent, "cvc5", goal: "other", sender: second);
        ExpectMsg<RunEvents.Started>();
        Sys.Stop(first);
        Sys.Stop(second);
        var third = CreateTestProbe();
        third.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        // The same life goes on elsewhere and says so.
        _world.Start(agent, "z3", sender: third);
        ExpectMsg<RunEvents.Started>();
        for (var period = TimeSpan.Zero; period <= NodeAgentActor.OrphanPatience; period += NodeAgentActor.UpkeepPeriod)
        {
            _world.Clock.Advance(NodeAgentActor.UpkeepPeriod);
            ((TestScheduler)Sys.Scheduler).Advance(NodeAgentActor.UpkeepPeriod);
        }

        AwaitAssert(() =>
        {
            _world.Ticks.Tick();
            Assert.True(_world.Launcher.Started[1].IsKilled);
        });
        Assert.False(_world.Launcher.Started[0].IsKilled);
    }

    [Fact]
    public void A_coordinator_that_was_only_said_to_be_gone_should_be_watched_again_when_it_is_heard()
    {
        var (goals, goal, coordinator) = (new AgentGoals(), AgentWorld.Goal("goal"), CreateTestProbe().Ref);
        Assert.Null(goals.Follow(goal, 1, coordinator));
        Assert.Equal(coordinator, goals.Follow(goal, 1, coordinator));
        goals.Orphan(goal, coordinator, now: 1);
        Assert.Null(goals.Follow(goal, 1, coordinator));
        Assert.Empty(goals.Orphans(long.MaxValue));
    }

    [Fact]
    public void Whoever_coordinates_a_run_now_should_hear_of_it_when_its_coordinator_is_gone()
    {
        var (agent, coordinator) = (_world.Agent(slots: 1), CreateTestProbe());
        var run = _world.Start(agent, "z3", sender: coordinator);
        Assert.Equal(run, ExpectMsg<RunEvents.Started>().Run);
        Sys.Stop(coordinator);
        AwaitAssert(() =>
        {
            _world.Clock.Advance(TimeSpan.FromMilliseconds(1));
            ((TestScheduler)Sys.Scheduler).Advance(NodeAgentActor.UpkeepPeriod);
            Assert.Equal(run, ExpectMsg<RunEvents.Started>(TimeSpan.FromMilliseconds(50)).Run);
        });
    }

    [Fact]
    public void A_draining_node_should_begin_nothing_and_tell_when_nothing_is_left()
    {
        var agent = _world.Agent(slots: 1);
        var run = _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        agent.Tell(new SlotCommands.Want(AgentWorld.Goal("other"), 1, new SlotRank(0, 0)), TestActor);
        var drainer = CreateTestProbe();
        agent.Tell(new Drain(IsNow: false), drainer);
        Assert.Equal(Refusal.Draining, ExpectMsg<SlotEvents.NotWaiting>().Why);
        _world.Start(agent, "cvc5");
        Assert.Equal(Refusal.Draining, ExpectMsg<RunEvents.Refused>().Why);
        drainer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        agent.Tell(new Drain(IsNow: true), drainer);
        AwaitAssert(() =>
        {
            _world.Ticks.Tick();
            Assert.True(_world.Launcher.Started.Single().IsKilled);
        });
        _world.Launcher.Started.Single().Dies();
        Assert.Equal(StopReason.Drained, ExpectMsg<RunEvents.Ended>().Report.Stop!.Reason);
        agent.Tell(new RunCommands.Heard(run), TestActor);
        ((TestScheduler)Sys.Scheduler).Advance(NodeAgentActor.UpkeepPeriod);
        drainer.ExpectMsg<Drained>();
    }
}
