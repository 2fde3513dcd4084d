using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Records;
using ProverCluster.Node.Store;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Records;

/// <summary>A record and the store: what is acknowledged and what is told only after it is kept, and what a later life finds. Time is virtual.</summary>
public sealed class RecordStoreSpec : TestKit
{
    private static readonly ReadOnlyMemory<byte> Text = "p cnf 1 1\n1 0\n"u8.ToArray();
    private static readonly Goal Goal = Story.Goal with { Language = GoalLanguage.Dimacs, Text = TextDigest.Of(Text.Span) };
    private static readonly Caller Alice = Story.ByAlice;

    private readonly ScriptedStore _store = new();
    private readonly TextStore _texts = new();
    private readonly OutputShelf _shelf = new(new ManualClock());
    private readonly OpenRecords _open = new(2, 1000);
    private readonly TestProbe _fetches;
    private readonly TestProbe _goals;
    private readonly IActorRef _records;
    private IActorRef _listener = ActorRefs.Nobody;
    private IActorRef _race = ActorRefs.Nobody;
    private bool _isStopping;

    public RecordStoreSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        (_goals, _fetches) = (CreateTestProbe(), CreateTestProbe());
        IActorRef? records = null;
        var fetching = Sys.ActorOf(Props.Create(() => new Fetching(_texts, _fetches)));
        var settings = new RecordSettings(2, 1000, TimeSpan.FromHours(1), 2);
        var tools = new RecordTools(
            () => records!, props => _race = Sys.ActorOf(props), _goals, _goals, "here", fetching, _texts, _store, _shelf, CreateTestProbe(), settings, _open, new ManualClock()) { IsStopping = () => _isStopping };
        _records = records = Sys.ActorOf(RecordsActor.Props(tools), "records");
    }

    /// <summary>Has every text here at once.</summary>
    private sealed class Fetching : ReceiveActor
    {
        public Fetching(TextStore texts, IActorRef seen) => ReceiveAny(message =>
        {
            if (message is FetchText fetch)
            {
                texts.Hold(fetch.Text, Document);
                Sender.Tell(new TextFetched(fetch.Text, null));
            }

            seen.Forward(message);
        });
    }

    private static GoalDocument Document => GoalReader.TryRead(GoalLanguage.Dimacs, Text, out var document, out _) ? document : throw new InvalidOperationException();

    private static RecordCommands.Submit Submit { get; } = new(Goal, "there", "alice", Stands: true, Goal.Limits.Timeout);

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
    public void A_goal_that_an_earlier_life_has_settled_is_answered_without_a_race()
    {
        Put(answer: Story.Settled().Answer);
        Assert.Equal(Verdict.Proved, Show().Answer!.Verdict);
        _records.Tell(new RecordCommands.Next(Goal.Id, Alice, 1, TimeSpan.FromSeconds(1)));
        Assert.IsType<GoalEvents.Settled>(ExpectMsg<RecordEvents.Told>().Event);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
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
    public void A_withdrawal_of_what_is_being_stored_is_not_undone_by_it()
    {
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        _records.Tell(Submit);
        _fetches.ExpectMsg<FetchText>();
        _records.Tell(new RecordCommands.Withdraw(Goal.Id, Alice));
        Assert.True(ExpectMsg<RecordEvents.Shown>().View.IsGivenUp);

        gate.SetResult();
        ExpectMsg<RecordEvents.Shown>();
        Race();
        _goals.FishForMessage<FlightCommands.Leave>(_ => true);
        Tell(Story.Accepted, Story.Settled(Verdict.Withdrawn));
        AwaitAssert(() => Assert.Equal(Verdict.Withdrawn, _store.Goals[Goal.Id].Answer?.Verdict));
    }

    [Fact]
    public void A_race_that_ends_with_its_node_is_no_end_of_its_goal()
    {
        Accept();
        _isStopping = true;
        Watch(_race);
        Sys.Stop(_race);
        ExpectTerminated(_race);
        Assert.Equal(GoalState.Open, Show().State);
        Assert.Null(_store.Goals[Goal.Id].Answer);
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

    private void Accept()
    {
        _records.Tell(Submit);
        ExpectMsg<RecordEvents.Shown>();
        Race();
    }

    private void Put(bool stands = true, TimeSpan? left = null, GoalAnswer? answer = null)
    {
        _store.Texts[Goal.Text] = Text.ToArray();
        _store.Goals[Goal.Id] = new StoredGoal(1, Goal, "alice", stands, 1, left ?? Goal.Limits.Timeout, answer is null ? null : new StoreMoment(1), answer is null ? null : answer with { Id = Goal.Id });
    }

    /// <summary>It is raced.</summary>
    private FlightCommands.Board Race()
    {
        var submit = _goals.ExpectMsg<FlightCommands.Board>();
        _listener = _goals.LastSender;
        return submit;
    }

    private RecordView Show()
    {
        _records.Tell(new RecordCommands.Show(Goal.Id, Alice));
        return ExpectMsg<RecordEvents.Shown>().View;
    }

    private void Tell(params IGoalEvent[] told)
    {
        var coordinator = CreateTestProbe();
        foreach (var each in told)
            _listener.Tell(each, coordinator);
    }
}
