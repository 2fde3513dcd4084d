using Akka.Actor;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Records;

namespace ProverCluster.Node.Tests.Records;

/// <summary>The records of one node, as lists and quotas see them.</summary>
public sealed class RecordIndexActorSpec : TestKit
{
    [Fact]
    public void An_owners_goals_should_be_counted_until_they_are_settled_or_gone()
    {
        var index = Sys.ActorOf(RecordIndexActor.Props(mostSettled: 10, () => TestActor));
        var (first, second, other) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Tell(first, "alice", GoalState.Open);
        Tell(second, "alice", GoalState.Decided);
        Tell(other, "bob", GoalState.Open);
        Assert.Equal((2, 1, 0), (Count("alice"), Count("bob"), Count("carol")));

        Tell(second, "alice", GoalState.Settled);
        Assert.Equal(1, Count("alice"));
        Tell(second, "alice", GoalState.Open);
        Assert.Equal(2, Count("alice"));
        Sys.Stop(first);
        AwaitAssert(() => Assert.Equal(1, Count("alice")));

        void Tell(Akka.TestKit.TestProbe record, string owner, GoalState state) =>
            index.Tell(new IndexedRecord(new ListedGoal(GoalId.New(), 1), owner, state, new Dictionary<string, string>()), record);

        int Count(string owner)
        {
            index.Tell(new RecordCommands.Count(owner));
            return ExpectMsg<RecordEvents.Counted>().Open;
        }
    }

    [Fact]
    public void A_record_from_another_node_should_find_its_way_and_the_answer_its_way_back()
    {
        var mover = CreateTestProbe();
        Sys.ActorOf(RecordIndexActor.Props(mostSettled: 10, () => TestActor))
            .Tell(new RecordCommands.Adopt(Story.Of(Story.Alice).Written("there", TimeSpan.Zero)), mover);
        ExpectMsg<RecordCommands.Adopt>();
        Assert.Equal(mover.Ref, LastSender);
    }
}
