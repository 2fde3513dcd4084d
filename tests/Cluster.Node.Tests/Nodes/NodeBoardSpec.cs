using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Tests.Nodes;

/// <summary>What a node's coordinators are told of other nodes. Time is virtual.</summary>
public sealed class NodeBoardSpec : TestKit
{
    private const long Life = 7;

    private readonly NodeBoard _known = new();
    private readonly IActorRef _board;
    private readonly TestProbe _agent;

    public NodeBoardSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        _board = Sys.ActorOf(NodeBoardActor.Props(_known));
        _known.Subscribe(TestActor);
        _agent = CreateTestProbe();
        Offer(Life, _agent);
        ExpectMsg<NodeNews.Came>();
    }

    [Fact]
    public void A_node_that_is_out_of_reach_for_a_moment_should_get_no_work_and_lose_none()
    {
        Reach(false);
        AwaitAssert(() => Assert.False(_known.Nodes["there"].TakesWork));
        Reach(true);

        ExpectMsg<NodeNews.Came>();
        Assert.True(_known.Nodes["there"].TakesWork);
        ((TestScheduler)Sys.Scheduler).Advance(NodeBoardActor.ReachPatience);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_node_that_stays_out_of_reach_should_be_given_up()
    {
        Reach(false);
        AwaitAssert(() => Assert.False(_known.Nodes["there"].IsReachable));
        ((TestScheduler)Sys.Scheduler).Advance(NodeBoardActor.ReachPatience);

        Assert.Equal("there", ExpectMsg<NodeNews.Left>().Node);
    }

    [Fact]
    public void A_node_that_others_do_not_reach_but_is_heard_here_should_not_be_given_up()
    {
        var most = NodeBoardActor.ReachPatience - TimeSpan.FromMilliseconds(1);
        Reach(false);
        AwaitAssert(() => Assert.False(_known.Nodes["there"].IsReachable));
        for (var waiting = 1; waiting <= 3; waiting++)
        {
            ((TestScheduler)Sys.Scheduler).Advance(most);
            Offer(Life, _agent, waiting);
            AwaitAssert(() => Assert.Equal(waiting, _known.Nodes["there"].Offered.Waiting));
        }

        ((TestScheduler)Sys.Scheduler).Advance(most);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.False(_known.Nodes["there"].IsGivenUp);
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("there", ExpectMsg<NodeNews.Left>().Node);
        Assert.True(_known.Nodes["there"].IsGivenUp);

        Reach(true);
        ExpectMsg<NodeNews.Came>();
        Assert.False(_known.Nodes["there"].IsGivenUp);
    }

    [Fact]
    public void A_node_that_was_out_of_reach_before_it_offered_anything_should_get_no_work_and_be_given_up()
    {
        _board.Tell(new Reach("late", Life, IsReachable: false));
        _board.Tell(new Reach("healed", Life, IsReachable: false));
        _board.Tell(new Reach("healed", Life, IsReachable: true));
        _board.Tell(new NodeEvents.Offered("late", [], 2, 2, 0, IsDraining: false, Life), CreateTestProbe());
        Assert.Equal("late", ExpectMsg<NodeNews.Came>().Node);
        Assert.False(_known.Nodes["late"].TakesWork);
        _board.Tell(new NodeEvents.Offered("healed", [], 2, 2, 0, IsDraining: false, Life), CreateTestProbe());
        Assert.Equal("healed", ExpectMsg<NodeNews.Came>().Node);
        Assert.True(_known.Nodes["healed"].TakesWork);
        ((TestScheduler)Sys.Scheduler).Advance(NodeBoardActor.ReachPatience);

        Assert.Equal("late", ExpectMsg<NodeNews.Left>().Node);
    }

    [Fact]
    public void A_node_that_is_started_again_under_its_name_should_have_lost_what_ran_there()
    {
        Offer(Life + 1, CreateTestProbe());

        Assert.Equal("it was started anew", ExpectMsg<NodeNews.Left>().Why);
        ExpectMsg<NodeNews.Came>();
    }

    [Fact]
    public void What_is_told_of_a_nodes_former_life_should_change_nothing_about_the_one_after_it()
    {
        var next = CreateTestProbe();
        Offer(Life + 1, next);
        ExpectMsg<NodeNews.Left>();
        ExpectMsg<NodeNews.Came>();

        // The end of the former life is heard of late; so is its last word, and that it is out of reach.
        _board.Tell(new Gone("there", Life));
        _board.Tell(new Reach("there", Life, IsReachable: false));
        Offer(Life, _agent);
        Sys.Stop(_agent);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.True(_known.Nodes["there"].TakesWork);
        Assert.Equal(next, _known.AgentOf("there"));
    }

    [Fact]
    public void A_node_should_be_gone_when_that_life_of_it_is_and_not_come_back_by_a_late_word()
    {
        _board.Tell(new Gone("there", Life));
        Assert.Equal("it has left the cluster", ExpectMsg<NodeNews.Left>().Why);
        Offer(Life, _agent);

        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.Empty(_known.Nodes);
    }

    [Fact]
    public void A_node_whose_agent_has_stopped_should_be_gone()
    {
        Sys.Stop(_agent);

        Assert.Equal("it is gone", ExpectMsg<NodeNews.Left>().Why);
    }

    [Fact]
    public void A_word_about_a_whole_address_should_not_end_a_node()
    {
        _agent.IsSaidToBeGone(_board);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Offer(Life, _agent);
        Sys.Stop(_agent);

        Assert.Equal("it is gone", ExpectMsg<NodeNews.Left>().Why);
    }

    private void Offer(long life, IActorRef agent, int waiting = 0) => _board.Tell(new NodeEvents.Offered("there", [], 2, 2, waiting, IsDraining: false, life), agent);

    private void Reach(bool isReachable) => _board.Tell(new Reach("there", Life, isReachable));
}
