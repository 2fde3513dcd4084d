using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Records;

namespace ProverCluster.Node.Tests.Records;

/// <summary>What every happening means to a goal's record.</summary>
public sealed class GoalRecordSpec
{
    [Fact]
    public void A_goal_should_be_raced_when_it_is_accepted()
    {
        var step = GoalRecord.Accept(Story.Goal, "alice", 1, Story.Alice);
        Assert.Equal([new RecordEffect.Race(IsAnew: false)], step.Effects.AsEnumerable());
        Assert.Equal(GoalState.Open, step.Record.State);
    }

    [Fact]
    public void A_text_that_is_no_goal_should_be_settled_at_once_and_have_a_story_of_two()
    {
        var step = Story.After(Story.Of(Story.Waiter), new RecordHappening.Rejected("line 1, column 2: no goal"));
        Assert.Equal((Verdict.Rejected, "line 1, column 2: no goal"), (step.Record.Answer!.Verdict, step.Record.Answer.Reason));
        Assert.Equal(["Accepted", "Settled"], step.Record.Events.Select(told => told.GetType().Name));
        Assert.Contains(new RecordEffect.Finish(), step.Effects.AsEnumerable());
    }

    [Fact]
    public void The_story_should_be_told_once_whatever_coordinators_say_again()
    {
        var record = Story.Of(
            Story.Alice, Story.Accepted, Story.Started, new GoalEvents.Moving(Story.Goal.Id), Story.Accepted with { Incarnation = 8 }, Story.Decided, Story.Decided, Story.Ended, Story.Ended, Story.Settled(), Story.Settled());
        Assert.Equal(["Accepted", "RunStarted", "Decided", "RunEnded", "Settled"], record.Events.Select(told => told.GetType().Name));
    }

    [Fact]
    public void A_view_should_have_what_is_known_so_far()
    {
        Assert.Equal((GoalState.Open, 0), Seen(Story.Of(Story.Alice, Story.Accepted)));
        Assert.Equal((GoalState.Decided, 1), Seen(Story.Of(Story.Alice, Story.Accepted, Story.Decided, Story.Ended)));
        Assert.Equal((GoalState.Settled, 0), Seen(Story.Of(Story.Alice, Story.Accepted, Story.Decided, Story.Ended, Story.Settled())));
        static (GoalState, int) Seen(GoalRecord record) => (record.View.State, record.View.Ended.Count);
    }

    [Fact]
    public void The_end_of_the_last_interest_should_withdraw_the_race_once()
    {
        var record = Story.Of(Story.Alice, Story.Accepted, new RecordHappening.Joined(Story.Waiter));
        var first = record.On(new RecordHappening.Left(Story.Waiter));
        Assert.Empty(first.Effects);
        var last = first.Record.On(new RecordHappening.GivenUp(Story.ByAlice));
        Assert.Equal([new RecordEffect.Withdraw(GoalRecord.NobodyInterested)], last.Effects.AsEnumerable());
        Assert.Empty(last.Record.On(new RecordHappening.GivenUp(Story.ByAlice)).Effects);
    }

    [Fact]
    public void A_caller_should_end_its_own_standing_interest_and_an_administrator_everybodys()
    {
        var record = Story.Of(Story.Alice, new RecordHappening.Joined(new Interest.Standing("bob")));
        Assert.Equal([new Interest.Standing("bob")], record.On(new RecordHappening.GivenUp(Story.ByAlice)).Record.Interests);
        Assert.Equal(2, record.On(new RecordHappening.GivenUp(new Caller("carol", IsAdmin: false))).Record.Interests.Count);
        Assert.Empty(record.On(new RecordHappening.GivenUp(new Caller("root", IsAdmin: true))).Record.Interests);
    }

    [Fact]
    public void An_interest_that_follows_should_end_with_its_owners_word_and_with_whoever_follows()
    {
        var follower = new Interest.Following("alice", "", "follower");
        var record = Story.Of(follower, Story.Accepted, new RecordHappening.Joined(Story.Waiter));
        Assert.Equal([Story.Waiter], record.On(new RecordHappening.GivenUp(Story.ByAlice)).Record.Interests);
        Assert.Equal([Story.Waiter], record.On(new RecordHappening.Left(follower)).Record.Interests);
        Assert.Equal(2, record.On(new RecordHappening.GivenUp(new Caller("bob", IsAdmin: false))).Record.Interests.Count);
    }

    [Fact]
    public void Whoever_waits_should_be_given_up_by_an_administrator_and_by_no_other_word()
    {
        var record = Story.Of(Story.Waiter, Story.Accepted);
        Assert.Single(record.On(new RecordHappening.GivenUp(Story.ByAlice)).Record.Interests);
        Assert.True(record.On(new RecordHappening.GivenUp(new Caller("root", IsAdmin: true))).Record.View.IsGivenUp);
    }

    [Fact]
    public void An_interest_that_has_a_name_should_end_alone_by_that_name()
    {
        var (first, second) = (new Interest.Following("alice", "first", "a"), new Interest.Following("alice", "second", "b"));
        var record = Story.Of(first, Story.Accepted, new RecordHappening.Joined(second), new RecordHappening.Joined(Story.Alice));
        var step = record.On(new RecordHappening.GivenUp(Story.ByAlice, "first"));
        Assert.Equal((2, false, 0), (step.Record.Interests.Count, step.Record.View.IsGivenUp, step.Effects.Length));
        Assert.Equal(3, record.On(new RecordHappening.GivenUp(new Caller("bob", IsAdmin: false), "first")).Record.Interests.Count);
        Assert.True(record.On(new RecordHappening.GivenUp(Story.ByAlice)).Record.View.IsGivenUp);
    }

    [Fact]
    public void A_settled_goal_should_stay_as_it_is_whoever_leaves()
    {
        var record = Story.Of(Story.Alice, Story.Accepted, Story.Settled());
        var step = record.On(new RecordHappening.GivenUp(Story.ByAlice));
        Assert.Empty(step.Effects);
        Assert.Equal(record.Events.AsEnumerable(), step.Record.Events);
        Assert.Empty(record.On(new RecordHappening.RaceLost("lost", TimeSpan.Zero)).Effects);
    }

    [Fact]
    public void An_answer_should_be_kept_before_anybody_hears_of_it_and_the_one_that_stands_be_told()
    {
        var ending = Story.Of(Story.Alice, Story.Accepted).On(new RecordHappening.Told(Story.Settled()));
        Assert.IsType<RecordEffect.Keep>(Assert.Single(ending.Effects));
        Assert.False(ending.Record.IsSettled);
        foreach (var late in new object[] { Story.Settled(Verdict.Refuted), Story.Ended, new RecordHappening.RaceLost("lost", TimeSpan.Zero), new RecordHappening.GivenUp(Story.ByAlice) })
            Assert.Empty(ending.Record.On(Story.Happening(late)).Effects);

        var kept = ending.Record.On(new RecordHappening.Kept(Story.Settled(Verdict.Refuted).Answer));
        Assert.Equal([new RecordEffect.Announce(), new RecordEffect.Finish()], kept.Effects.AsEnumerable());
        Assert.Equal(Verdict.Refuted, kept.Record.Answer!.Verdict);
    }

    [Fact]
    public void A_goal_that_is_wanted_again_while_its_withdrawal_is_kept_should_be_raced_anew()
    {
        var ending = Story.Of(Story.Waiter, Story.Accepted, new RecordHappening.Left(Story.Waiter)).On(new RecordHappening.Told(Story.Settled(Verdict.Withdrawn))).Record;
        var joined = ending.On(new RecordHappening.Joined(Story.Alice)).Record;
        Assert.Equal([new RecordEffect.Race(IsAnew: true)], joined.On(new RecordHappening.Kept(Story.Settled(Verdict.Withdrawn).Answer)).Effects.AsEnumerable());
    }

    [Fact]
    public void A_goal_that_was_given_up_should_be_raced_anew_for_whoever_comes_after_its_end()
    {
        var record = Story.Of(Story.Waiter, Story.Accepted, new RecordHappening.Left(Story.Waiter), Story.Settled(Verdict.Withdrawn));
        var step = record.On(new RecordHappening.Joined(Story.Alice));
        Assert.Equal([new RecordEffect.Race(IsAnew: true)], step.Effects.AsEnumerable());
        Assert.Empty(step.Record.Events);
        Assert.False(step.Record.IsWithdrawn);
    }

    [Fact]
    public void A_goal_that_was_given_up_should_be_raced_anew_for_whoever_comes_before_its_end()
    {
        var record = Story.Of(Story.Waiter, Story.Accepted, new RecordHappening.Left(Story.Waiter), new RecordHappening.Joined(Story.Alice));
        Assert.Equal([new RecordEffect.Race(IsAnew: true)], record.On(new RecordHappening.Told(Story.Settled(Verdict.Withdrawn))).Effects.AsEnumerable());
        // The truth is worth more than the order of two messages.
        Assert.Contains(new RecordEffect.Finish(), Story.After(record, Story.Settled()).Effects);
    }

    [Fact]
    public void A_race_that_was_given_up_while_no_record_waited_for_it_should_be_begun_anew() =>
        Assert.Equal([new RecordEffect.Race(IsAnew: true)], Story.Of(Story.Waiter, Story.Accepted).On(new RecordHappening.Told(Story.Settled(Verdict.Withdrawn))).Effects.AsEnumerable());

    [Fact]
    public void A_race_that_is_lost_should_settle_the_goal_as_unknown()
    {
        var step = Story.After(Story.Of(Story.Alice, Story.Accepted), new RecordHappening.RaceLost("no coordinator could be reached", TimeSpan.FromSeconds(3)));
        Assert.Equal((Verdict.Unknown, "no coordinator could be reached", TimeSpan.FromSeconds(3)), (step.Record.Answer!.Verdict, step.Record.Answer.Reason, step.Record.Answer.Settled));
    }

    [Fact]
    public void Nobody_who_comes_back_to_a_goal_that_has_moved_should_withdraw_it()
    {
        var moved = GoalRecord.Restore(Story.Of(Story.Waiter, Story.Accepted).Written("", TimeSpan.Zero)).Record;
        Assert.IsType<RecordEffect.Withdraw>(Assert.Single(moved.On(new RecordHappening.NobodyCame()).Effects));
        Assert.Empty(moved.On(new RecordHappening.Joined(Story.Waiter)).Record.On(new RecordHappening.NobodyCame()).Effects);
    }

    [Fact]
    public void A_record_should_be_the_same_after_a_move_but_for_those_who_come_back_by_themselves()
    {
        var record = Story.Of(Story.Alice, new RecordHappening.Joined(Story.Waiter), Story.Accepted, Story.Decided);
        var step = GoalRecord.Restore(record.Written("source", TimeSpan.FromSeconds(1)));
        Assert.Equal([new RecordEffect.Race(IsAnew: false)], step.Effects.AsEnumerable());
        Assert.Equal(record.Events.AsEnumerable(), step.Record.Events);
        Assert.Equal([Story.Alice], step.Record.Interests);

        Assert.Equal([new RecordEffect.Finish()], GoalRecord.Restore(Story.Of(Story.Alice, Story.Settled()).Written("", TimeSpan.Zero)).Effects.AsEnumerable());
    }

    [Fact]
    public void A_submission_that_was_faster_than_a_settled_record_should_have_its_answer()
    {
        var settled = Story.Of(Story.Alice, Story.Accepted, Story.Settled()).Written("", TimeSpan.Zero);
        var step = Story.Of(Story.Waiter).On(new RecordHappening.Adopted(settled));
        Assert.Equal(Verdict.Proved, step.Record.Answer!.Verdict);
        Assert.Contains(new RecordEffect.Finish(), step.Effects.AsEnumerable());
        Assert.Equal(2, step.Record.Interests.Count);
    }

    [Fact]
    public void A_record_of_another_owner_should_not_be_joined_by_its_move()
    {
        var bobs = Story.After(GoalRecord.Accept(Story.Goal, "bob", 1, new Interest.Standing("bob")).Record, Story.Settled()).Record;
        var step = Story.Of(Story.Alice, Story.Accepted).On(new RecordHappening.Adopted(bobs.Written("", TimeSpan.Zero)));
        Assert.Empty(step.Effects);
        Assert.Equal([Story.Alice], step.Record.Interests);
        Assert.False(step.Record.IsSettled);
    }

    [Fact]
    public void Only_the_same_text_language_and_options_should_be_the_same_goal()
    {
        var goal = Story.Goal with { Labels = new Dictionary<string, string> { ["a"] = "1" }, Backends = [BackendName.Parse("z3")] };
        var record = GoalRecord.Accept(goal, "", 1, Story.Waiter).Record;
        Assert.True(record.IsSame(goal with { Labels = new Dictionary<string, string> { ["a"] = "1" }, Backends = [BackendName.Parse("z3")] }));
        Goal[] others =
        [
            goal with { Name = "other" },
            goal with { Text = new("f", 1) },
            goal with { Language = Messages.Languages.GoalLanguage.Dimacs },
            goal with { Limits = goal.Limits with { Timeout = TimeSpan.FromSeconds(1) } },
            goal with { Strategy = Strategy.BestOf },
            goal with { Backends = [] },
            goal with { KeepOutput = true },
            goal with { Labels = new Dictionary<string, string> { ["a"] = "2" } },
            goal with { Labels = new Dictionary<string, string> { ["a"] = "1", ["b"] = "1" } },
            goal with { Priority = 1 },
        ];
        Assert.All(others, other => Assert.False(record.IsSame(other)));
    }
}
