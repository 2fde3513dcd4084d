using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Tests.Nodes;

/// <summary>What a node's coordinators are told of other nodes. Time is virtual.</summary>
public sealed class NodeBoardSpec : TestKit
{
    private readonly NodeBoard _known = new();
    private readonly IActorRef _board;

    public NodeBoardSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        _board = Sys.ActorOf(NodeBoardActor.Props(_known));
        _known.Subscribe(TestActor);
        _board.Tell(new NodeEvents.Offered("there", [], 2, 2, 0, IsDraining: false), CreateTestProbe());
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

    private void Reach(bool isReachable) => _board.Tell(new Reach("there", isReachable));
}
