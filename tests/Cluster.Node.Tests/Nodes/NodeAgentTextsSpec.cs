using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Tests.Goals;
using ProverCluster.Node.Tests.Texts;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Nodes;

/// <summary>What a node's agent does about the texts of goals that came in elsewhere.</summary>
public sealed class NodeAgentTextsSpec : TestKit
{
    private static readonly BackendName[] s_backends = [.. new[] { "z3", "cvc5", "cvc4", "yices", "bitwuzla" }.Select(BackendName.Parse)];

    public NodeAgentTextsSpec()
        : base(TextsWorld.Config)
    {
    }

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void A_text_should_be_fetched_for_as_long_as_any_run_waits_for_it()
    {
        var (world, fetcher) = (new AgentWorld(Sys, TestActor), CreateTestProbe());
        var agent = Sys.ActorOf(NodeAgentActor.Props(world.Tools(slots: 2) with { Texts = new TextStore(), Fetcher = fetcher }));
        var (one, two) = (world.Start(agent, "z3"), world.Start(agent, "z3", goal: "other"));
        fetcher.ReceiveN(2);

        agent.Tell(new RunCommands.Preempt(one, AgentWorld.Preempted), TestActor);
        ExpectMsg<RunEvents.Ended>();
        agent.Tell(new RunCommands.Preempt(two, AgentWorld.Preempted), TestActor);
        ExpectMsg<RunEvents.Ended>();

        Assert.Equal(new UnwantText(AgentWorld.Text), fetcher.ExpectMsg<UnwantText>());
        // It was said once.
        world.Start(agent, "z3", goal: "third");
        fetcher.ExpectMsg<FetchText>();
    }

    [Fact]
    public void A_node_that_ends_its_runs_should_wait_for_their_texts_no_longer()
    {
        var (world, fetcher) = (new AgentWorld(Sys, TestActor), CreateTestProbe());
        var agent = Sys.ActorOf(NodeAgentActor.Props(world.Tools(slots: 1) with { Texts = new TextStore(), Fetcher = fetcher }));
        world.Start(agent, "z3");
        fetcher.ExpectMsg<FetchText>();

        agent.Tell(new Drain(IsNow: true), TestActor);

        fetcher.ExpectMsg<UnwantText>();
    }

    /// <summary>Where the next run waits for a slot, and where it finds one at once.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 9)]
    public void A_goal_with_one_run_after_the_other_should_have_its_text_fetched_once(int slots, int free)
    {
        var (texts, board, clock) = (new TextsWorld(this), new NodeBoard(), new ManualClock());
        var goals = Sys.ActorOf(GoalsActor.Props(new CoordinatorTools(
            board, (goal, _) => new RacePlan(goal, 7, [.. s_backends.Select(name => new PlannedRun(name))]), () => ActorRefs.Nobody, clock)));
        var world = new AgentWorld(Sys, goals);
        var agent = Sys.ActorOf(NodeAgentActor.Props(world.Tools(slots) with { Texts = texts.Store, Fetcher = texts.Texts }));
        board.Put(new NodeEvents.Offered("here", [.. s_backends.Select(name => new BackendOffer(name, GoalLanguage.SmtLib2, null))], slots, free, 0, IsDraining: false), agent);
        goals.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Sequential) with { Text = AgentWorld.Text }, "source", RaceScript.Timeout, 0), TestActor);

        texts.Give(texts.Source, AgentWorld.Text, AgentWorld.Document.Text.ToArray());
        for (var run = 1; run <= s_backends.Length; run++)
        {
            AwaitAssert(() => Assert.Equal(run, world.Launcher.Started.Count));
            // By now the one who fetched it has let go of it.
            if (run == 1)
                Time.Advance(TextsActor.HoldPatience);
            texts.BeIdle();
            Assert.Equal(1, texts.Store.Count);
            world.Launcher.Started[run - 1].Ends();
        }

        Assert.Equal(s_backends.Length, FishForMessage<GoalEvents.Settled>(_ => true).Answer.Runs.Count);
        texts.Source.ExpectNoMsg(TimeSpan.Zero);
        AwaitAssert(() => Assert.Equal(0, texts.Store.Count));
    }
}
