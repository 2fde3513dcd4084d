using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Records;

namespace ProverCluster.Node.Tests.Records;

/// <summary>Somebody who waits finds the goal's record again, whatever becomes of it. Time is virtual.</summary>
public sealed class RecordWaitSpec : TestKit
{
    private readonly ManualClock _clock = new();
    private readonly GoalWait _wait = new(null, null);
    private readonly TestProbe _records;
    private readonly IActorRef _waiter;

    public RecordWaitSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        _records = CreateTestProbe();
        _waiter = Sys.ActorOf(RecordWaitActor.Props(_records, new RecordCommands.Submit(Story.Goal, "there", "alice", Stands: false, Story.Goal.Limits.Timeout), _clock, _wait));
        _records.ExpectMsg<RecordCommands.Submit>();
    }

    [Fact]
    public void A_goal_whose_record_is_gone_should_be_submitted_again_at_once_with_what_is_left_of_its_time()
    {
        var record = CreateTestProbe();
        _waiter.Tell(Open, record);
        AwaitAssert(() => Assert.True(_wait.Accepted.IsCompletedSuccessfully));
        _clock.Advance(TimeSpan.FromSeconds(3));
        Sys.Stop(record);

        Assert.Equal(Story.Goal.Limits.Timeout - TimeSpan.FromSeconds(3), _records.ExpectMsg<RecordCommands.Submit>().Left);
    }

    /// <summary>As when its node is out of reach for whoever watches, and is heard: the watch ends as soon as it has begun.</summary>
    [Fact]
    public async Task A_record_that_nobody_can_watch_should_be_asked_no_more_than_once_a_period_and_be_heard()
    {
        var unseen = Sys.Unseen("record");
        for (var period = 0; period < 3; period++)
        {
            _waiter.Tell(Open, unseen);
            _records.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
            // The end of a watch may be heard later than a period that has just ended.
            AwaitAssert(() =>
            {
                ((TestScheduler)Sys.Scheduler).Advance(RecordWaitActor.AskPeriod);
                _records.ExpectMsg<RecordCommands.Submit>(TimeSpan.FromMilliseconds(100));
            });
        }

        var answered = new RecordEvents.Shown(Story.Of(Story.Alice, Story.Accepted, Story.Settled()).View);
        _waiter.Tell(answered, unseen);
        Assert.Equal(answered, await _wait.Answer.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private static RecordEvents.Shown Open => new(Story.Of(Story.Alice, Story.Accepted).View);
}
