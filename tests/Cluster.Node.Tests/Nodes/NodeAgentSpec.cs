using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Nodes;

/// <summary>A node's agent with real runners, over provers, ticks and time that the spec moves by hand.</summary>
public sealed class NodeAgentSpec : TestKit
{
    private readonly AgentWorld _world;

    public NodeAgentSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"") => _world = new AgentWorld(Sys, TestActor);

    [Fact]
    public void Runner_should_leave_the_prover_alive_until_the_tick_after_Preempt()
    {
        var agent = _world.Agent(slots: 1);
        var run = _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        agent.Tell(new RunCommands.Preempt(run, AgentWorld.Preempted));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.False(_world.Launcher.Started.Single().IsKilled);

        _world.Ticks.Tick();
        AwaitAssert(() => Assert.True(_world.Launcher.Started.Single().IsKilled));
        _world.Launcher.Started.Single().Dies();
        Assert.Equal(AgentWorld.Preempted, ExpectMsg<RunEvents.Ended>().Report.Stop);
    }

    [Fact]
    public void A_conclusive_output_should_be_told_before_the_prover_ends()
    {
        var agent = _world.Agent(slots: 1);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        _world.Clock.Advance(TimeSpan.FromMilliseconds(12));
        _world.Launcher.Started.Single().Prints("proved!");

        var concluded = ExpectMsg<RunEvents.Concluded>();
        Assert.Equal((Verdict.Proved, 12.0), (concluded.Verdict, concluded.At.TotalMilliseconds));
        _world.Launcher.Started.Single().Ends();
        Assert.Equal(Verdict.Proved, ExpectMsg<RunEvents.Ended>().Report.Said.Verdict);
    }

    [Fact]
    public void An_output_that_is_conclusive_only_at_the_end_should_be_told_then()
    {
        var agent = _world.Agent(slots: 1);
        _world.Start(agent, "eprover");
        ExpectMsg<RunEvents.Started>();
        _world.Launcher.Started.Single().Prints("refuted");
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        _world.Launcher.Started.Single().Ends();
        Assert.Equal(Verdict.Refuted, ExpectMsg<RunEvents.Concluded>().Verdict);
        Assert.Equal("1.0", ExpectMsg<RunEvents.Ended>().Version);
    }

    [Fact]
    public void A_run_without_a_slot_should_be_refused_and_nothing_of_it_be_there()
    {
        var agent = _world.Agent(slots: 1);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        _world.Start(agent, "cvc5");

        Assert.Equal(Refusal.Full, ExpectMsg<RunEvents.Refused>().Why);
        Assert.Single(_world.Launcher.Started);
    }

    [Fact]
    public void An_end_should_be_told_until_it_is_heard()
    {
        var agent = _world.Agent(slots: 1);
        var run = _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        _world.Launcher.Started.Single().Ends();
        ExpectMsg<RunEvents.Ended>();
        ((TestScheduler)Sys.Scheduler).Advance(NodeAgentActor.UpkeepPeriod);
        Assert.Equal(run, ExpectMsg<RunEvents.Ended>().Run);

        agent.Tell(new RunCommands.Heard(run), TestActor);
        agent.Tell(new RunCommands.Start(run, null, GoalLanguage.SmtLib2, AgentWorld.Text, "", AgentWorld.Limits), TestActor);
        ExpectMsg<RunEvents.Started>();
        ((TestScheduler)Sys.Scheduler).Advance(NodeAgentActor.UpkeepPeriod);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_text_that_is_not_here_should_be_fetched_before_the_run_begins()
    {
        var fetcher = CreateTestProbe();
        var texts = new TextStore();
        var agent = Sys.ActorOf(NodeAgentActor.Props(_world.Tools(slots: 1) with { Texts = texts, Fetcher = fetcher }));
        _world.Start(agent, "z3");
        fetcher.ExpectMsg<FetchText>();
        Assert.Empty(_world.Launcher.Started);

        using var hold = texts.Hold(AgentWorld.Text, AgentWorld.Document);
        fetcher.Reply(new TextFetched(AgentWorld.Text, null));
        ExpectMsg<RunEvents.Started>();
    }

    [Fact]
    public void A_text_that_cannot_be_had_should_lose_the_run_so_that_it_is_placed_elsewhere()
    {
        var fetcher = CreateTestProbe();
        var agent = Sys.ActorOf(NodeAgentActor.Props(_world.Tools(slots: 1) with { Texts = new TextStore(), Fetcher = fetcher }));
        _world.Start(agent, "z3");
        fetcher.ExpectMsg<FetchText>();
        fetcher.Reply(new TextFetched(AgentWorld.Text, "it sends nothing"));

        Assert.Equal(new RunEnd.Lost("the goal's text could not be fetched: it sends nothing"), ExpectMsg<RunEvents.Ended>().Report.End);
        _world.Start(agent, "cvc5");
        fetcher.FishForMessage<FetchText>(_ => true);
    }

    [Theory]
    [InlineData("missing", typeof(RunEnd.NeverStarted))]
    [InlineData("broken", typeof(RunEnd.Lost))]
    public void Every_start_should_be_answered_whatever_becomes_of_the_runner(string backend, Type end)
    {
        var agent = _world.Agent(slots: 1);
        _world.Start(agent, backend);
        Assert.IsType(end, ExpectMsg<RunEvents.Ended>().Report.End);

        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
    }

    [Fact]
    public void The_slot_of_a_runner_that_failed_should_be_free_when_its_prover_is_gone_and_not_before()
    {
        var agent = _world.Agent(slots: 1);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        var prover = _world.Launcher.Started.Single();
        prover.IsBroken = true;
        _world.Ticks.Tick();
        Assert.IsType<RunEnd.Lost>(ExpectMsg<RunEvents.Ended>().Report.End);
        Assert.True(prover.IsKilled);

        _world.Start(agent, "cvc5");
        Assert.Equal(Refusal.Full, ExpectMsg<RunEvents.Refused>().Why);

        prover.Dies();
        agent.Tell(new SlotCommands.Want(AgentWorld.Goal("other"), 1, new SlotRank(0, 0)), TestActor);
        ExpectMsg<SlotEvents.Granted>();
    }

    [Fact]
    public void A_prover_that_cannot_be_started_should_be_told_as_that()
    {
        _world.Launcher.Failure = new RunEnd.NeverStarted(NoStart.Failed, "permission denied");
        _world.Start(_world.Agent(slots: 1), "z3");

        Assert.Equal(_world.Launcher.Failure, ExpectMsg<RunEvents.Ended>().Report.End);
    }

    [Fact]
    public void An_output_that_breaks_its_reading_should_cost_the_run_its_verdict_and_nothing_else()
    {
        var agent = _world.Agent(slots: 1);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        _world.Launcher.Started.Single().Prints("crash");
        _world.Launcher.Started.Single().Ends();

        Assert.Contains("cannot read that", ExpectMsg<RunEvents.Ended>().Report.Said.Fault);
    }

    [Fact]
    public void The_same_start_twice_should_be_one_run_that_is_told_again()
    {
        var agent = _world.Agent(slots: 2);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();

        Assert.Single(_world.Launcher.Started);
    }

    [Fact]
    public async Task A_node_whose_agent_fails_should_end_and_not_go_on_without_its_runs()
    {
        var agent = Sys.ActorOf(NodeAgentActor.Props(_world.Tools(slots: 1) with { Texts = null! }));
        _world.Start(agent, "z3");

        await Sys.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_stopped_agent_should_kill_its_provers()
    {
        var agent = _world.Agent(slots: 1);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        Watch(agent);
        agent.Tell(PoisonPill.Instance);
        ExpectTerminated(agent);

        Assert.True(_world.Launcher.Started.Single().IsKilled);
        Assert.Equal(0, _world.Ticks.Count);
    }
}
