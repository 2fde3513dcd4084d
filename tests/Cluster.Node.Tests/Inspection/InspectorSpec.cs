using Akka.Actor;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Tests.Nodes;

namespace ProverCluster.Node.Tests.Inspection;

/// <summary>What a node says of itself, with real agents and runners over provers that the spec moves by hand.</summary>
public sealed class InspectorSpec : TestKit
{
    private static readonly RunId Run = new(AgentWorld.Goal("goal"), 1, BackendName.Parse("z3"), 1);

    private readonly AgentWorld _world;

    public InspectorSpec() => _world = new AgentWorld(Sys, TestActor);

    [Fact]
    public void It_should_say_what_it_is()
    {
        var inspector = Inspector(null);
        inspector.Tell(new NodeQuestions.Describe());
        Assert.Equal(TimeSpan.Zero, ExpectMsg<NodeAnswers.Described>().Age);
        _world.Clock.Advance(TimeSpan.FromSeconds(3));
        inspector.Tell(new NodeQuestions.Describe());
        Assert.Equal(new NodeAnswers.Described("here", ProgramVersion.Number, ActorRuntime.Name, TimeSpan.FromSeconds(3)), ExpectMsg<NodeAnswers.Described>());
    }

    [Fact]
    public void A_run_should_be_told_with_what_its_prover_uses_as_far_as_it_has_come()
    {
        var agent = _world.Agent(slots: 2);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        var prover = _world.Launcher.Started.Single();
        prover.Now = new ProverSample(TimeSpan.FromMilliseconds(70), 1 << 20, 12, Processes: 2);
        _world.Clock.Advance(TimeSpan.FromMilliseconds(90));
        // Whoever looks does not measure: that is for ticks, which may end the run by it.
        Assert.Equal(0, Assert.Single(Runs(agent)).Use!.OutputBytes);
        _world.Ticks.Tick();

        var running = Assert.Single(Runs(agent));
        Assert.Equal((Run, "z3", RunStage.Running, TimeSpan.FromMilliseconds(90)), (running.Run, running.Backend.Value, running.Stage, running.Age));
        Assert.Equal([4711, 4712], running.Use!.Processes);
        Assert.Equal((TimeSpan.FromMilliseconds(70), 1L << 20, 12L), (running.Use.Cpu, running.Use.RssBytes, running.Use.OutputBytes));

        agent.Tell(new RunCommands.Preempt(Run, AgentWorld.Preempted));
        // The agent may still have it when the tick comes.
        AwaitAssert(() =>
        {
            _world.Ticks.Tick();
            Assert.Equal(RunStage.Stopping, Assert.Single(Runs(agent)).Stage);
        });

        prover.Dies();
        ExpectMsg<RunEvents.Ended>();
        // Its coordinator has not said that it knows.
        var ended = Assert.Single(Runs(agent));
        Assert.Equal((RunStage.Ended, null), (ended.Stage, ended.Use));
        agent.Tell(new RunCommands.Heard(Run));
        AwaitAssert(() => Assert.Empty(Runs(agent)));
    }

    [Fact]
    public void Of_a_run_whose_runner_does_not_answer_the_agent_should_say_what_it_knows()
    {
        var (agent, runner) = (CreateTestProbe(), CreateTestProbe());
        var inspector = Inspector(agent);
        inspector.Tell(new NodeQuestions.Runs());
        agent.ExpectMsg<ListRuns>();
        agent.Reply(new AgentRuns([new AgentRunView(Run, RunStage.Running, TimeSpan.FromSeconds(1), runner)]));
        Assert.Equal(new RunView(Run, Run.Backend, RunStage.Running, TimeSpan.FromSeconds(1), null), Assert.Single(ExpectMsg<NodeAnswers.Runs>().Running));
    }

    [Fact]
    public void An_agent_that_does_not_answer_should_not_be_taken_for_one_that_has_nothing_to_do()
    {
        var (agent, other) = (CreateTestProbe(), CreateTestProbe());
        var inspector = Inspector(agent);
        inspector.Tell(new NodeQuestions.Runs());
        inspector.Tell(new NodeQuestions.Actors("/user", 1, 1), other);
        other.ExpectMsg<NodeAnswers.Actors>();
        ExpectNoMsg(TimeSpan.FromMilliseconds(800));
    }

    [Fact]
    public void A_node_without_provers_should_run_nothing() => Assert.Empty(Runs(null));

    [Fact]
    public void Actors_should_say_what_they_serve()
    {
        var agent = _world.Agent(slots: 1);
        _world.Start(agent, "z3");
        ExpectMsg<RunEvents.Started>();
        var path = agent.Path.ToStringWithoutAddress();
        Inspector(agent).Tell(new NodeQuestions.Actors(path, 32, 100));
        var told = ExpectMsg<NodeAnswers.Actors>();
        Assert.Equal(
            [
                new ActorView(path, "NodeAgentActor", 0, 1, new ActorWords("working", TimeSpan.Zero)),
                new ActorView($"{path}/goal-1-z3-1", "ProverRunnerActor", 0, 0, new ActorWords("running", TimeSpan.Zero, Run.Goal, Run)),
            ],
            told.Alive);
    }

    private IReadOnlyList<RunView> Runs(IActorRef? agent)
    {
        Inspector(agent).Tell(new NodeQuestions.Runs());
        return ExpectMsg<NodeAnswers.Runs>().Running;
    }

    private IActorRef Inspector(IActorRef? agent) => Sys.ActorOf(InspectorActor.Props(new InspectorTools("here", agent, [], _world.Clock)));
}
