using Akka.Actor;
using Akka.TestKit;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Records;
using ProverCluster.Node.Store;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Records;

/// <summary>What an earlier life of a record has left in the store is found, for whoever asks and for the recovery.</summary>
public sealed class FoundInTheStoreSpec : StoredRecordSpec
{
    [Fact]
    public void A_goal_that_an_earlier_life_has_settled_is_answered_without_a_race()
    {
        Put(answer: Story.Settled().Answer);
        Assert.Equal(Verdict.Proved, Show().Answer!.Verdict);
        _records.Tell(new RecordCommands.Next(Goal.Id, Alice, 1, TimeSpan.FromSeconds(1)));
        Assert.IsType<GoalEvents.Settled>(ExpectMsg<RecordEvents.Told>().Event);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    /// <summary>Time does not pass here, so that nothing comes of waiting.</summary>
    [Fact]
    public void A_settled_goal_is_shown_at_once_though_its_record_might_be_on_its_way_and_an_open_one_is_not()
    {
        var records = Sys.ActorOf(RecordsActor.Props(_tools with { AdoptPatience = TimeSpan.FromHours(1) }));
        Put();
        records.Tell(new RecordCommands.Show(Goal.Id, Alice));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        var other = GoalId.Parse("other");
        _store.Goals[other] = _store.Goals[Goal.Id] with { What = Goal with { Id = other }, Settled = new StoreMoment(1), Answer = Story.Settled().Answer with { Id = other } };
        records.Tell(new RecordCommands.Show(other, Alice));
        Assert.Equal(Verdict.Proved, ExpectMsg<RecordEvents.Shown>().View.Answer!.Verdict);
    }

    [Fact]
    public void Whoever_submits_what_an_earlier_life_has_settled_has_its_answer()
    {
        Put(answer: Story.Settled().Answer);
        _records.Tell(Submit);
        Assert.Equal(Verdict.Proved, ExpectMsg<RecordEvents.Shown>().View.Answer!.Verdict);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Whoever_submits_another_goal_under_the_id_of_an_earlier_life_is_refused()
    {
        Put();
        _records.Tell(Submit with { What = Goal with { Name = "other" } });
        ExpectMsg<RecordEvents.Conflict>();
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Whoever_submits_what_an_earlier_life_has_accepted_joins_it_with_what_is_left_of_its_deadline()
    {
        Put(left: TimeSpan.FromSeconds(2));
        _records.Tell(Submit with { Stands = false });
        ExpectMsg<RecordEvents.Shown>();
        Assert.Equal(TimeSpan.FromSeconds(2), Race().Left);

        // Its owner's interest stands since then.
        _records.Tell(new RecordCommands.Withdraw(Goal.Id, Alice));
        Assert.False(ExpectMsg<RecordEvents.Shown>().View.IsGivenUp);
    }

    [Fact]
    public void A_goal_that_an_earlier_life_has_withdrawn_is_opened_again_for_whoever_wants_it()
    {
        Put(answer: Story.Settled(Verdict.Withdrawn).Answer, left: TimeSpan.FromSeconds(1));
        _records.Tell(Submit);
        Assert.Equal(GoalState.Open, ExpectMsg<RecordEvents.Shown>().View.State);
        Assert.Equal(Goal.Limits.Timeout, Race().Left);
        Assert.Null(_store.Goals[Goal.Id].Answer);
    }

    [Fact]
    public void An_open_goal_is_recovered_with_its_owner_and_its_deadline()
    {
        Put(left: TimeSpan.FromSeconds(2));
        _records.Tell(new RecordCommands.Recover(Goal.Id));
        ExpectMsg<RecordEvents.AtWork>();
        Assert.Equal("", _fetches.ExpectMsg<FetchText>().Source);
        Assert.Equal(TimeSpan.FromSeconds(2), Race().Left);
        Assert.Equal(1, _open.Count);
        _records.Tell(new RecordCommands.Recover(Goal.Id));
        ExpectMsg<RecordEvents.AtWork>();
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        Tell(Story.Accepted, Story.Settled());
        AwaitAssert(() => Assert.Equal(Verdict.Proved, _store.Goals[Goal.Id].Answer?.Verdict));
    }

    [Fact]
    public void A_goal_whose_deadline_has_passed_meanwhile_is_unknown_and_not_raced()
    {
        Put(left: TimeSpan.FromSeconds(-1));
        _records.Tell(new RecordCommands.Recover(Goal.Id));
        ExpectMsg<RecordEvents.AtWork>();
        AwaitAssert(() => Assert.Equal((Verdict.Unknown, "deadline passed"), (_store.Goals[Goal.Id].Answer?.Verdict, _store.Goals[Goal.Id].Answer?.Reason)));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_goal_is_recovered_when_there_is_room_for_it_and_shown_before()
    {
        Put();
        _open.Take(1);
        _open.Take(1);
        _records.Tell(new RecordCommands.Recover(Goal.Id));
        ExpectMsg<RecordEvents.Full>();
        _open.Give(1);
        AwaitAssert(() =>
        {
            _records.Tell(new RecordCommands.Recover(Goal.Id));
            ExpectMsg<RecordEvents.AtWork>();
        });
    }

    [Fact]
    public void What_is_in_the_store_is_shown_where_there_is_no_room_for_it_and_to_its_owner_alone()
    {
        Put();
        _open.Take(1);
        _open.Take(1);
        Assert.Equal(GoalState.Open, Show().State);
        _records.Tell(new RecordCommands.Show(Goal.Id, new Caller("bob", IsAdmin: false)));
        ExpectMsg<RecordEvents.Unknown>();
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Whoever_submits_what_was_accepted_before_is_not_refused_for_want_of_room()
    {
        Put();
        _open.Take(1);
        _open.Take(1);
        _records.Tell(Submit);
        ExpectMsg<RecordEvents.Shown>();
        Race();
    }

    [Fact]
    public void Whoever_asks_for_a_goal_while_the_store_does_not_work_is_told_so_and_not_that_there_is_none()
    {
        Put(answer: Story.Settled().Answer);
        _store.Trouble = "the server is away";
        _records.Tell(new RecordCommands.Show(Goal.Id, Alice));
        Assert.Equal("the server is away", ExpectMsg<RecordEvents.Unavailable>().Why);

        _store.Trouble = null;
        AwaitAssert(() =>
        {
            _records.Tell(new RecordCommands.Show(Goal.Id, Alice));
            ExpectMsg<RecordEvents.Shown>();
        });
    }

    [Fact]
    public void A_goal_that_its_record_has_forgotten_is_found_again()
    {
        Accept();
        Tell(Story.Accepted, Story.Settled());
        AwaitAssert(() => Assert.NotNull(Show().Answer));
        var record = LastSender;
        Watch(record);
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromHours(1));
        _records.Tell(new RecordCommands.Show(Goal.Id, Alice));
        Assert.Equal(Verdict.Proved, FishForMessage<RecordEvents.Shown>(_ => true).View.Answer!.Verdict);
    }

    [Fact]
    public void A_stored_goal_whose_backend_no_node_has_yet_is_not_rejected_before_its_deadline()
    {
        Put();
        _records.Tell(new RecordCommands.Recover(Goal.Id));
        ExpectMsg<RecordEvents.AtWork>();
        Race();
        Tell(Story.Settled(Verdict.Rejected));
        AwaitAssert(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(GoalRecordActor.RacePause);
            _goals.FishForMessage<FlightCommands.Board>(_ => true, TimeSpan.FromMilliseconds(200));
        });
        Assert.Null(_store.Goals[Goal.Id].Answer);
    }

    [Fact]
    public void A_stored_goal_whose_backend_never_comes_is_rejected_in_the_end()
    {
        Put(left: GoalRecordActor.RacePause);
        _records.Tell(new RecordCommands.Recover(Goal.Id));
        ExpectMsg<RecordEvents.AtWork>();
        Race();
        Tell(Story.Accepted, Story.Settled(Verdict.Rejected));
        AwaitAssert(() => Assert.Equal(Verdict.Rejected, _store.Goals[Goal.Id].Answer?.Verdict));
    }
}
