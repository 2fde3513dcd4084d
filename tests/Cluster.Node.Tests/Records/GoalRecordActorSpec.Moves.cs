using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Records;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Records;

/// <summary>A record that goes on at another node: with its race, and with its text.</summary>
public sealed partial class GoalRecordActorSpec
{
    [Fact]
    public void A_record_that_moves_should_be_whole_again_and_its_race_never_be_without_a_listener()
    {
        var (_, record) = Wait();
        Race();
        Tell(Story.Accepted, Story.Started);
        _records.Tell(Standing);
        ExpectMsg<RecordEvents.Shown>();
        var race = _goals.LastSender;
        Watch(record);

        _records.Tell(new Passivate(MoveRecord.Elsewhere), record);
        ExpectTerminated(record);
        _texts.ExpectMsg<FetchText>();
        _texts.Reply(new TextFetched(Goal.Text, null));
        Assert.NotEqual(race, (_goals.FishForMessage<FlightCommands.Board>(_ => true), _goals.LastSender).LastSender);
        _records.Tell(new RecordCommands.Next(Goal.Id, Story.ByAlice, 1, TimeSpan.FromSeconds(1)));
        Assert.IsType<GoalEvents.RunStarted>(ExpectMsg<RecordEvents.Told>().Event);
        Watch(race);
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        ((TestScheduler)Sys.Scheduler).Advance(RecordRaceActor.Linger);
        ExpectTerminated(race);
    }

    [Fact]
    public void A_record_that_moves_should_board_its_flight_again_although_its_text_is_gone()
    {
        var (_, record) = Wait();
        var before = _goals.ExpectMsg<FlightCommands.Board>();
        Tell(Story.Accepted, Story.Started);
        Read(after: 1);

        _records.Tell(new Passivate(MoveRecord.Elsewhere), record);
        _texts.ExpectMsg<FetchText>();
        _texts.Reply(new TextFetched(Goal.Text, "its node is gone"));
        // The flight may move as well, and come later.
        var again = _goals.FishForMessage<FlightCommands.Board>(_ => true);
        Assert.Equal((before.Flight, true), (again.Flight, again.IsMoving));
        Assert.False(before.IsMoving);
    }

    [Fact]
    public void A_record_should_move_until_its_next_life_says_that_it_is_at_work()
    {
        var next = CreateTestProbe();
        var (_, record) = Wait();
        _next = next;
        _records.Tell(new Passivate(MoveRecord.Elsewhere), record);
        Assert.Equal(Goal.Id, next.ExpectMsg<RecordCommands.Adopt>().Goal);
        Assert.NotEqual(record, next.LastSender);
        var moving = _moves.NoneMovingAsync();
        Assert.False(moving.IsCompleted);
        next.Reply(new RecordEvents.AtWork(Goal.Id));
        AwaitAssert(() => Assert.True(moving.IsCompleted));
    }

    [Fact]
    public void A_record_that_is_handed_over_again_should_not_bring_back_what_was_given_up_since()
    {
        var (mover, alice) = (CreateTestProbe(), CreateTestProbe());
        var adopt = new RecordCommands.Adopt(Story.Of(Story.Alice, Story.Accepted).Written("there", TimeSpan.Zero) with { What = Goal });
        _records.Tell(adopt, mover);
        mover.ExpectMsg<RecordEvents.AtWork>();
        _records.Tell(new RecordCommands.Withdraw(Goal.Id, Story.ByAlice), alice);
        Assert.True(alice.ExpectMsg<RecordEvents.Shown>().View.IsGivenUp);

        _records.Tell(adopt, mover);
        mover.ExpectMsg<RecordEvents.AtWork>();
        Assert.True(Show().IsGivenUp);
        // By whomever: it may have been submitted anew meanwhile, and the first was lost.
        _records.Tell(adopt);
        ExpectMsg<RecordEvents.AtWork>();
        Assert.True(Show().IsGivenUp);
        _records.Tell(Standing);
        AwaitAssert(() => Assert.False(Show().IsGivenUp));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_text_should_be_promised_to_where_its_record_moves_while_the_goal_is_open(bool isOpen)
    {
        var (waiter, record) = Wait();
        Race();
        Tell(Story.Accepted);
        if (!isOpen)
        {
            Tell(Story.Settled());
            waiter.ExpectMsg<RecordEvents.Shown>(shown => shown.View.Answer is not null);
        }

        Watch(record);
        _records.Tell(new Passivate(MoveRecord.Elsewhere), record);
        ExpectTerminated(record);
        Assert.Equal(!isOpen, _store.AllGivenAsync().IsCompleted);
    }
}
