using Akka.Actor;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Tests.Runners;

namespace ProverCluster.Node.Tests.Nodes;

/// <summary>A node's agent with real runners, over provers, ticks and time that the spec moves by hand.</summary>
public sealed class NodeAgentSpec : TestKit
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
    public void A_queued_run_should_start_only_when_the_one_before_it_is_reaped()
    {
        var agent = Agent(slots: 1);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        Start(agent, "cvc5");
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        _launcher.Started.Single().Ends();
        ExpectMsg<RunEvents.Ended>();
        Assert.Equal("cvc5", ExpectMsg<RunEvents.Started>().Run.Backend.Value);
    }

    [Fact]
    public void A_queued_run_that_is_preempted_should_never_start_a_process()
    {
        var agent = Agent(slots: 1);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        var queued = Start(agent, "cvc5");
        agent.Tell(new RunCommands.Preempt(queued, Preempted));

        var ended = ExpectMsg<RunEvents.Ended>();
        Assert.Equal((queued, new RunEnd.NeverStarted(NoStart.Stopped, Preempted.Cause)), (ended.Run, ended.Report.End));
        _launcher.Started.Single().Ends();
        ExpectMsg<RunEvents.Ended>();
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.Single(_launcher.Started);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_verdict_should_keep_the_goals_queued_runs_from_starting_before_the_coordinator_says_so_unless_all_are_wanted(bool firstVerdictEnds)
    {
        var agent = Agent(slots: 1);
        Start(agent, "z3", firstVerdictEnds);
        ExpectMsg<RunEvents.Started>();
        var queued = Start(agent, "cvc5", firstVerdictEnds);
        _launcher.Started.Single().Prints("refuted");
        _launcher.Started.Single().Ends();
        ExpectMsg<RunEvents.Concluded>();
        ExpectMsg<RunEvents.Ended>();

        if (firstVerdictEnds)
        {
            ExpectNoMsg(TimeSpan.FromMilliseconds(50));
            Assert.Single(_launcher.Started);
            agent.Tell(new RunCommands.Preempt(queued, Preempted));
            Assert.Equal(queued, ExpectMsg<RunEvents.Ended>().Run);
            Start(agent, "cvc4");
            Assert.Equal("cvc4", ExpectMsg<RunEvents.Started>().Run.Backend.Value);
        }
        else
        {
            Assert.Equal(queued, ExpectMsg<RunEvents.Started>().Run);
        }
    }

    [Fact]
    public void A_full_queue_should_refuse_and_say_so()
    {
        var agent = Agent(slots: 1, limit: 1);
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        Start(agent, "cvc5");
        Start(agent, "cvc4");

        var refused = Assert.IsType<RunEnd.NeverStarted>(ExpectMsg<RunEvents.Ended>().Report.End);
        Assert.Equal("the queue of node here is full: 1 runs wait", refused.Detail);
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
    public void The_same_start_twice_should_be_one_run()
    {
        var agent = Agent(slots: 2);
        Start(agent, "z3");
        Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();

        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
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

    private IActorRef Agent(int slots, int limit = 100)
    {
        var tools = new RunnerTools("here", new FakePreparation(), _launcher, _ticks, _clock, TimeSpan.FromSeconds(1));
        return Sys.ActorOf(NodeAgentActor.Props(tools, new SlotQueue(slots, limit)));
    }

    private RunId Start(IActorRef agent, string backend, bool firstVerdictEnds = true)
    {
        var run = new RunId(GoalId.Parse("goal"), 1, BackendName.Parse(backend), 1);
        var limits = new RunLimits(TimeSpan.FromSeconds(10), null, null, 1 << 30, 1 << 28, KeepOutput: false);
        agent.Tell(new RunCommands.Start(run, GoalLanguage.SmtLib2, TextDigest.Of([]), limits, firstVerdictEnds), TestActor);
        return run;
    }
}
