using Akka.Actor;
using Akka.TestKit;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Records;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Records;

/// <summary>A goal is acknowledged, and its answer told, when it is in the store and not before.</summary>
public sealed class StoredBeforeToldSpec : StoredRecordSpec
{
    [Fact]
    public void A_goal_is_acknowledged_and_raced_when_it_is_stored_and_not_before()
    {
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        _records.Tell(Submit);
        _fetches.ExpectMsg<FetchText>();
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        gate.SetResult();
        Assert.Equal(GoalState.Open, ExpectMsg<RecordEvents.Shown>().View.State);
        Race();
        Assert.Equal((true, "alice"), (_store.Goals[Goal.Id].Stands, _store.Goals[Goal.Id].Owner));
        Assert.Equal(Text.ToArray(), _store.Texts[Goal.Text]);
    }

    [Fact]
    public void A_goal_that_the_store_does_not_take_is_refused_and_leaves_nothing()
    {
        _store.Trouble = "the disk is full";
        _records.Tell(Submit);
        Assert.Equal("the disk is full", ExpectMsg<RecordEvents.Unavailable>().Why);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        AwaitAssert(() => Assert.Equal(0, _open.Count));

        _store.Trouble = null;
        _records.Tell(Submit);
        ExpectMsg<RecordEvents.Shown>();
    }

    [Fact]
    public void An_answer_is_told_when_it_is_stored_and_not_before_and_is_not_lost_by_a_store_that_fails()
    {
        Accept();
        _store.Trouble = "the disk is full";
        Tell(Story.Accepted, Story.Settled());
        _records.Tell(new RecordCommands.Next(Goal.Id, Alice, 0, TimeSpan.FromSeconds(15)));
        Assert.IsType<GoalEvents.Accepted>(ExpectMsg<RecordEvents.Told>().Event);
        _records.Tell(new RecordCommands.Next(Goal.Id, Alice, 1, TimeSpan.FromSeconds(15)));
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Assert.NotEqual(GoalState.Settled, Show().State);

        _store.Trouble = null;
        AwaitAssert(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(GoalRecordActor.KeepAgain);
            Assert.NotNull(_store.Goals[Goal.Id].Answer);
        });
        Assert.IsType<GoalEvents.Settled>(ExpectMsg<RecordEvents.Told>().Event);
        Assert.Equal(GoalState.Settled, Show().State);
    }

    [Fact]
    public void A_long_output_is_in_the_store_itself()
    {
        Accept();
        var output = new string('x', ProverOutput.MostInlineBytes + 1);
        var settled = Story.Settled(output: new ProverOutput.Inline(output));
        Tell(Story.Accepted, settled);
        AwaitAssert(() => Assert.Equal(output, (_store.Goals[Goal.Id].Answer?.Output as ProverOutput.Inline)?.Text));
    }

    [Fact]
    public void What_is_no_goal_is_stored_as_that_and_answered_once_it_is()
    {
        _records.Tell(Submit with { Rejection = "line 1: no goal" });
        Assert.Equal(Verdict.Rejected, ExpectMsg<RecordEvents.Shown>().View.Answer!.Verdict);
        Assert.Equal(Verdict.Rejected, _store.Goals[Goal.Id].Answer!.Verdict);
        Assert.Empty(_store.Texts);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_race_that_is_lost_as_with_a_node_that_ends_is_no_end_of_its_goal()
    {
        Accept();
        Watch(_race);
        Sys.Stop(_race);
        ExpectTerminated(_race);
        Assert.Equal(GoalState.Open, Show().State);
        Assert.Null(_store.Goals[Goal.Id].Answer);
        AwaitBoard();
    }

    /// <summary>Only what another node hands over is on its way.</summary>
    [Fact]
    public void A_race_that_is_begun_once_more_for_a_record_that_has_moved_is_not_waited_for()
    {
        _records.Tell(new RecordCommands.Adopt(Story.Of(Story.Alice, Story.Accepted).Written("there", TimeSpan.Zero) with { What = Goal }));
        ExpectMsg<RecordEvents.AtWork>();
        Assert.True(Race().IsMoving);

        Watch(_race);
        Sys.Stop(_race);
        ExpectTerminated(_race);
        var again = AwaitBoard();
        Assert.False(again.IsMoving);
    }

    private FlightCommands.Board AwaitBoard()
    {
        FlightCommands.Board? board = null;
        AwaitAssert(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(GoalRecordActor.RacePause);
            board = _goals.ExpectMsg<FlightCommands.Board>(TimeSpan.FromMilliseconds(100));
        });
        return board!;
    }

    [Fact]
    public void An_answer_from_the_cache_is_shown_as_doubted_when_it_is()
    {
        _records.Tell(Submit);
        ExpectMsg<RecordEvents.Shown>();
        var text = Race().Flight[..64];
        var settled = Story.Settled();
        Tell(Story.Accepted, settled with { Answer = settled.Answer with { Origin = new AnswerOrigin(IsCached: true, null) } });
        AwaitAssert(() => Assert.Equal((text, null), (_store.VerdictTexts.GetValueOrDefault(Goal.Id), Show().Answer?.Origin!.Doubt)));

        Assert.True(_store.DoubtAsync(text, "contradiction: why", 10).IsCompletedSuccessfully);
        Assert.Equal("contradiction: why", Show().Answer!.Origin!.Doubt);
        _store.Trouble = "the disk is full";
        Assert.Null(Show().Answer!.Origin!.Doubt);
    }
}
