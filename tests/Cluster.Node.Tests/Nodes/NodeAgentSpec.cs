using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Tests.Runners;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Nodes;

/// <summary>A node's agent with real runners, over provers, ticks and time that the spec moves by hand.</summary>
public sealed class NodeAgentSpec() : TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    private readonly FakeLauncher _launcher = new();
    private readonly HandTicks _ticks = new();
    private readonly ManualClock _clock = new();

    [Fact]
    public void Runner_should_leave_the_prover_alive_until_the_tick_after_Preempt()
    {
        var agent = Agent(slots: 1);
        var run = Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        agent.Tell(new RunCommands.Preempt(run, Preempted));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.False(_launcher.Started.Single().IsKilled);

        _ticks.Tick();
        AwaitAssert(() => Assert.True(_launcher.Started.Single().IsKilled));
        _launcher.Started.Single().Dies();
        Assert.Equal(Preempted, ExpectMsg<RunEvents.Ended>().Report.Stop);
    }

    [Fact]
    public void A_conclusive_output_should_be_told_before_the_prover_ends()
    {
        var agent = Agent(slots: 1);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        _clock.Advance(TimeSpan.FromMilliseconds(12));
        _launcher.Started.Single().Prints("proved!");

        var concluded = ExpectMsg<RunEvents.Concluded>();
        Assert.Equal((Verdict.Proved, 12.0), (concluded.Verdict, concluded.At.TotalMilliseconds));
        _launcher.Started.Single().Ends();
        Assert.Equal(Verdict.Proved, ExpectMsg<RunEvents.Ended>().Report.Said.Verdict);
    }

    [Fact]
    public void An_output_that_is_conclusive_only_at_the_end_should_be_told_then()
    {
        var agent = Agent(slots: 1);
        Start(agent, "eprover");
        ExpectMsg<RunEvents.Started>();
        _launcher.Started.Single().Prints("refuted");
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        _launcher.Started.Single().Ends();
        Assert.Equal(Verdict.Refuted, ExpectMsg<RunEvents.Concluded>().Verdict);
        Assert.Equal("1.0", ExpectMsg<RunEvents.Ended>().Version);
    }

    [Fact]
    public void A_run_without_a_slot_should_be_refused_and_nothing_of_it_be_there()
    {
        var agent = Agent(slots: 1);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        Start(agent, "cvc5");

        Assert.Equal(Refusal.Full, ExpectMsg<RunEvents.Refused>().Why);
        Assert.Single(_launcher.Started);
    }

    [Fact]
    public void A_waiting_goal_should_be_granted_a_slot_only_when_the_run_in_it_is_reaped()
    {
        var agent = Agent(slots: 1);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        agent.Tell(new SlotCommands.Want(Goal("other"), 1, new SlotRank(0, 0)), TestActor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        _launcher.Started.Single().Ends();
        ExpectMsg<RunEvents.Ended>();
        var granted = ExpectMsg<SlotEvents.Granted>();
        Start(agent, "cvc5", goal: "other", grant: granted.Grant);
        Assert.Equal("cvc5", ExpectMsg<RunEvents.Started>().Run.Backend.Value);
    }

    [Fact]
    public void A_slot_that_is_granted_should_not_go_to_another_goal()
    {
        var agent = Agent(slots: 1);
        agent.Tell(new SlotCommands.Want(Goal("other"), 1, new SlotRank(0, 0)), TestActor);
        var granted = ExpectMsg<SlotEvents.Granted>();
        Start(agent, "z3");
        Assert.Equal(Refusal.Full, ExpectMsg<RunEvents.Refused>().Why);

        agent.Tell(new SlotCommands.Pass(Goal("other"), 1, granted.Grant, null), TestActor);
        Start(agent, "cvc5");
        ExpectMsg<RunEvents.Started>();
    }

    [Fact]
    public void A_refused_run_that_is_asked_for_once_more_should_not_begin_where_its_coordinator_believes_it_refused()
    {
        var agent = Agent(slots: 1);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        Start(agent, "cvc5");
        ExpectMsg<RunEvents.Refused>();
        _launcher.Started.Single().Ends();
        ExpectMsg<RunEvents.Ended>();

        // Said before the refusal was heard, on the way while the slot came free: by now the run is somewhere else.
        Start(agent, "cvc5");
        Assert.Equal(Refusal.Full, FishForMessage<RunEvents.Refused>(_ => true).Why);
        Assert.Single(_launcher.Started);
    }

    [Fact]
    public void A_full_queue_should_refuse_and_say_so()
    {
        var agent = Agent(slots: 1, limit: 1);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        agent.Tell(new SlotCommands.Want(Goal("a"), 1, new SlotRank(0, 0)), TestActor);
        agent.Tell(new SlotCommands.Want(Goal("b"), 1, new SlotRank(0, 0)), TestActor);

        var told = ExpectMsg<SlotEvents.NotWaiting>();
        Assert.Equal(("b", Refusal.Full), (told.Goal.Value, told.Why));
    }

    [Fact]
    public void A_later_life_of_a_coordinator_should_end_what_the_earlier_one_started()
    {
        var agent = Agent(slots: 2);
        var old = Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        Start(agent, "z3", incarnation: 2);
        ExpectMsg<RunEvents.Started>();
        AwaitAssert(() =>
        {
            _ticks.Tick();
            Assert.True(_launcher.Started[0].IsKilled);
        });
        Assert.False(_launcher.Started[1].IsKilled);

        agent.Tell(new RunCommands.Start(old with { Backend = BackendName.Parse("cvc5") }, null, GoalLanguage.SmtLib2, NodeAgents.Text, "", Limits), TestActor);
        Assert.Equal(Refusal.Superseded, ExpectMsg<RunEvents.Refused>().Why);
    }

    [Fact]
    public void Runs_whose_coordinator_is_gone_should_wait_a_while_for_the_next_one_and_then_end()
    {
        var agent = Agent(slots: 2);
        var (first, second) = (CreateTestProbe(), CreateTestProbe());
        Start(agent, "z3", sender: first);
        ExpectMsg<RunEvents.Started>();
        Start(agent, "cvc5", goal: "other", sender: second);
        ExpectMsg<RunEvents.Started>();
        Sys.Stop(first);
        Sys.Stop(second);
        var third = CreateTestProbe();
        third.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        // The same life goes on elsewhere and says so.
        Start(agent, "z3", sender: third);
        ExpectMsg<RunEvents.Started>();
        for (var period = TimeSpan.Zero; period <= NodeAgentActor.OrphanPatience; period += NodeAgentActor.UpkeepPeriod)
        {
            _clock.Advance(NodeAgentActor.UpkeepPeriod);
            ((TestScheduler)Sys.Scheduler).Advance(NodeAgentActor.UpkeepPeriod);
        }

        AwaitAssert(() =>
        {
            _ticks.Tick();
            Assert.True(_launcher.Started[1].IsKilled);
        });
        Assert.False(_launcher.Started[0].IsKilled);
    }

    [Fact]
    public void Whoever_coordinates_a_run_now_should_hear_of_it_when_its_coordinator_is_gone()
    {
        var (agent, coordinator) = (Agent(slots: 1), CreateTestProbe());
        var run = Start(agent, "z3", sender: coordinator);
        Assert.Equal(run, ExpectMsg<RunEvents.Started>().Run);
        Sys.Stop(coordinator);
        AwaitAssert(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            ((TestScheduler)Sys.Scheduler).Advance(NodeAgentActor.UpkeepPeriod);
            Assert.Equal(run, ExpectMsg<RunEvents.Started>(TimeSpan.FromMilliseconds(50)).Run);
        });
    }

    [Fact]
    public void An_end_should_be_told_until_it_is_heard()
    {
        var agent = Agent(slots: 1);
        var run = Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        _launcher.Started.Single().Ends();
        ExpectMsg<RunEvents.Ended>();
        ((TestScheduler)Sys.Scheduler).Advance(NodeAgentActor.UpkeepPeriod);
        Assert.Equal(run, ExpectMsg<RunEvents.Ended>().Run);

        agent.Tell(new RunCommands.Heard(run), TestActor);
        agent.Tell(new RunCommands.Start(run, null, GoalLanguage.SmtLib2, NodeAgents.Text, "", Limits), TestActor);
        ExpectMsg<RunEvents.Started>();
        ((TestScheduler)Sys.Scheduler).Advance(NodeAgentActor.UpkeepPeriod);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_draining_node_should_begin_nothing_and_tell_when_nothing_is_left()
    {
        var agent = Agent(slots: 1);
        var run = Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        agent.Tell(new SlotCommands.Want(Goal("other"), 1, new SlotRank(0, 0)), TestActor);
        var drainer = CreateTestProbe();
        agent.Tell(new Drain(IsNow: false), drainer);
        Assert.Equal(Refusal.Draining, ExpectMsg<SlotEvents.NotWaiting>().Why);
        Start(agent, "cvc5");
        Assert.Equal(Refusal.Draining, ExpectMsg<RunEvents.Refused>().Why);
        drainer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        agent.Tell(new Drain(IsNow: true), drainer);
        AwaitAssert(() =>
        {
            _ticks.Tick();
            Assert.True(_launcher.Started.Single().IsKilled);
        });
        _launcher.Started.Single().Dies();
        Assert.Equal(StopReason.Drained, ExpectMsg<RunEvents.Ended>().Report.Stop!.Reason);
        agent.Tell(new RunCommands.Heard(run), TestActor);
        ((TestScheduler)Sys.Scheduler).Advance(NodeAgentActor.UpkeepPeriod);
        drainer.ExpectMsg<Drained>();
    }

    [Fact]
    public void A_text_that_is_not_here_should_be_fetched_before_the_run_begins()
    {
        var fetcher = CreateTestProbe();
        var texts = new TextStore();
        var agent = Sys.ActorOf(NodeAgentActor.Props(NodeAgents.Tools(Runners, TestActor, slots: 1) with { Texts = texts, Fetcher = fetcher }));
        Start(agent, "z3");
        fetcher.ExpectMsg<FetchText>();
        Assert.Empty(_launcher.Started);

        using var hold = texts.Hold(NodeAgents.Text, NodeAgents.Document);
        fetcher.Reply(new TextFetched(NodeAgents.Text, null));
        ExpectMsg<RunEvents.Started>();
    }

    [Fact]
    public void A_text_that_cannot_be_had_should_lose_the_run_so_that_it_is_placed_elsewhere()
    {
        var fetcher = CreateTestProbe();
        var agent = Sys.ActorOf(NodeAgentActor.Props(NodeAgents.Tools(Runners, TestActor, slots: 1) with { Texts = new TextStore(), Fetcher = fetcher }));
        Start(agent, "z3");
        fetcher.ExpectMsg<FetchText>();
        fetcher.Reply(new TextFetched(NodeAgents.Text, "it sends nothing"));

        Assert.Equal(new RunEnd.Lost("the goal's text could not be fetched: it sends nothing"), ExpectMsg<RunEvents.Ended>().Report.End);
        Start(agent, "cvc5");
        fetcher.ExpectMsg<FetchText>();
    }

    [Theory]
    [InlineData("missing", typeof(RunEnd.NeverStarted))]
    [InlineData("broken", typeof(RunEnd.Lost))]
    public void Every_start_should_be_answered_whatever_becomes_of_the_runner(string backend, Type end)
    {
        var agent = Agent(slots: 1);
        Start(agent, backend);
        Assert.IsType(end, ExpectMsg<RunEvents.Ended>().Report.End);

        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
    }

    [Fact]
    public void A_prover_that_cannot_be_started_should_be_told_as_that()
    {
        _launcher.Failure = new RunEnd.NeverStarted(NoStart.Failed, "permission denied");
        Start(Agent(slots: 1), "z3");

        Assert.Equal(_launcher.Failure, ExpectMsg<RunEvents.Ended>().Report.End);
    }

    [Fact]
    public void An_output_that_breaks_its_reading_should_cost_the_run_its_verdict_and_nothing_else()
    {
        var agent = Agent(slots: 1);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        _launcher.Started.Single().Prints("crash");
        _launcher.Started.Single().Ends();

        Assert.Contains("cannot read that", ExpectMsg<RunEvents.Ended>().Report.Said.Fault);
    }

    [Fact]
    public void The_same_start_twice_should_be_one_run_that_is_told_again()
    {
        var agent = Agent(slots: 2);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();

        Assert.Single(_launcher.Started);
    }

    [Fact]
    public void A_stopped_agent_should_kill_its_provers()
    {
        var agent = Agent(slots: 1);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        Watch(agent);
        agent.Tell(PoisonPill.Instance);
        ExpectTerminated(agent);

        Assert.True(_launcher.Started.Single().IsKilled);
        Assert.Equal(0, _ticks.Count);
    }

    private static RunStop Preempted => new(StopReason.Preempted, "cvc5 proved the goal");

    private static RunLimits Limits => new(TimeSpan.FromMinutes(1), null, null, 1 << 30, 1 << 28, KeepOutput: false);

    private RunnerTools Runners => new("here", new FakePreparation(), _launcher, _ticks, _clock, TimeSpan.FromSeconds(1));

    private static GoalId Goal(string name) => GoalId.Parse(name);

    private IActorRef Agent(int slots, int limit = 100) =>
        Sys.ActorOf(NodeAgentActor.Props(NodeAgents.Tools(Runners, TestActor, slots) with { QueueLimit = limit }));

    private RunId Start(IActorRef agent, string backend, string goal = "goal", long incarnation = 1, long? grant = null, IActorRef? sender = null)
    {
        var run = new RunId(Goal(goal), incarnation, BackendName.Parse(backend), 1);
        agent.Tell(new RunCommands.Start(run, grant, GoalLanguage.SmtLib2, NodeAgents.Text, "", Limits), sender ?? TestActor);
        return run;
    }
}
