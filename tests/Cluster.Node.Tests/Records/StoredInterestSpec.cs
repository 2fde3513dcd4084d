using Akka.Actor;
using Akka.TestKit;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Records;

/// <summary>Whose interest outlives a node, and whose ends with those who wait.</summary>
public sealed class StoredInterestSpec : StoredRecordSpec
{
    [Fact]
    public void An_interest_that_stands_and_comes_later_is_kept_before_it_is_acknowledged()
    {
        _records.Tell(Submit with { Stands = false }, CreateTestProbe());
        Race();
        Assert.False(_store.Goals[Goal.Id].Stands);
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        _records.Tell(Submit);
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        gate.SetResult();
        ExpectMsg<RecordEvents.Shown>();
        Assert.True(_store.Goals[Goal.Id].Stands);
    }

    [Fact]
    public void Whoever_waited_and_left_takes_nothing_from_the_owner_whose_interest_stands_in_the_store()
    {
        Put();
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        var waiter = CreateTestProbe();
        _records.Tell(Submit with { Stands = false }, waiter);
        _fetches.ExpectMsg<FetchText>();
        Sys.Stop(waiter);
        AwaitAssert(() => Assert.True(Show().IsGivenUp));
        gate.SetResult();
        Race();
        Tell(Story.Accepted, Story.Settled(Verdict.Withdrawn));
        // It is raced once more.
        AwaitAssert(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromMilliseconds(100));
            _goals.FishForMessage<FlightCommands.Board>(_ => true, TimeSpan.FromMilliseconds(200));
        });
        Assert.Null(_store.Goals[Goal.Id].Answer);
    }

    [Fact]
    public void What_was_given_up_does_not_come_back_with_a_waiter()
    {
        Put(answer: Story.Settled(Verdict.Withdrawn).Answer);
        _records.Tell(Submit with { Stands = false }, CreateTestProbe());
        Race();
        Assert.False(_store.Goals[Goal.Id].Stands);
    }

    [Fact]
    public void A_goal_that_nobody_comes_back_for_is_withdrawn_unless_its_owners_interest_stands()
    {
        Put(stands: false);
        _records.Tell(new RecordCommands.Recover(Goal.Id));
        ExpectMsg<RecordEvents.AtWork>();
        Race();
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(10));
        _goals.FishForMessage<FlightCommands.Leave>(_ => true);
    }

    [Fact]
    public void A_withdrawal_of_what_is_being_stored_is_not_undone_by_it()
    {
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        _records.Tell(Submit);
        _fetches.ExpectMsg<FetchText>();
        var owner = CreateTestProbe();
        _records.Tell(new RecordCommands.Withdraw(Goal.Id, Alice), owner);
        AwaitAssert(() => Assert.True(Show().IsGivenUp));

        gate.SetResult();
        // Whoever submitted it hears, and whoever gave it up.
        Assert.True(ExpectMsg<RecordEvents.Shown>().View.IsGivenUp);
        Assert.True(owner.ExpectMsg<RecordEvents.Shown>().View.IsGivenUp);
        Race();
        _goals.FishForMessage<FlightCommands.Leave>(_ => true);
        Tell(Story.Accepted, Story.Settled(Verdict.Withdrawn));
        AwaitAssert(() => Assert.Equal(Verdict.Withdrawn, _store.Goals[Goal.Id].Answer?.Verdict));
    }

    [Fact]
    public void What_is_given_up_is_stored_as_that_before_anybody_is_told()
    {
        Accept();
        Assert.True(_store.Goals[Goal.Id].Stands);
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        _records.Tell(new RecordCommands.Withdraw(Goal.Id, Alice));
        // Its provers do not wait for the disk.
        _goals.FishForMessage<FlightCommands.Leave>(_ => true);
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        gate.SetResult();
        Assert.True(ExpectMsg<RecordEvents.Shown>().View.IsGivenUp);
        Assert.False(_store.Goals[Goal.Id].Stands);
    }

    [Fact]
    public void Whoever_gives_up_what_the_store_does_not_write_is_told_so()
    {
        Accept();
        _store.Trouble = "the disk is full";
        _records.Tell(new RecordCommands.Withdraw(Goal.Id, Alice));
        Assert.Equal("the disk is full", ExpectMsg<RecordEvents.Unavailable>().Why);
    }

    [Fact]
    public void An_interest_that_stands_again_is_kept_again()
    {
        Accept();
        _records.Tell(Submit with { Stands = false }, CreateTestProbe());
        _records.Tell(new RecordCommands.Withdraw(Goal.Id, Alice));
        ExpectMsg<RecordEvents.Shown>();
        Assert.False(_store.Goals[Goal.Id].Stands);
        _records.Tell(Submit);
        ExpectMsg<RecordEvents.Shown>();
        Assert.True(_store.Goals[Goal.Id].Stands);
    }
}
