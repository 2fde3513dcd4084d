using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Records;
using ProverCluster.Node.Telemetry;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Records;

/// <summary>The thin shell of a record: messages in, happenings; effects out, sends and timers. Time is virtual.</summary>
public sealed partial class GoalRecordActorSpec : TestKit
{
    private static readonly ReadOnlyMemory<byte> Text = "p cnf 1 1\n1 0\n"u8.ToArray();
    private static readonly Goal Goal = Story.Goal with { Language = GoalLanguage.Dimacs, Text = TextDigest.Of(Text.Span) };

    private readonly ManualClock _clock = new();
    private readonly TextStore _store = new();
    private readonly OpenRecords _open = new(2, 1000);
    private readonly ScriptedStore _kept = new();
    private readonly RecordMoves _moves = new();
    private IActorRef? _next;
    private readonly NodeMetrics _metrics = new();
    private readonly TestProbe _goals;
    private readonly TestProbe _texts;
    private readonly TestProbe _coordinator;
    private readonly IActorRef _records;

    public GoalRecordActorSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        Assert.True(GoalReader.TryRead(GoalLanguage.Dimacs, Text, out var document, out _));
        _store.Hold(Goal.Text, document);
        (_goals, _texts, _coordinator) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        IActorRef? records = null;
        var tools = new RecordTools(
            () => _next ?? records!, props => Sys.ActorOf(props), _goals, _goals, "here", _texts, _store, _kept, new OutputShelf(_clock), CreateTestProbe(), new RecordSettings(2, 1000, TimeSpan.FromHours(1), 2), _open, _clock)
        {
            CanBeTaken = () => true,
            Metrics = _metrics,
            Moves = _moves,
        };
        _records = records = Sys.ActorOf(RecordsActor.Props(tools), "records");
    }

    private RecordCommands.Submit Standing { get; } = new(Goal, "there", "alice", Stands: true, Goal.Limits.Timeout);

    [Fact]
    public void A_submission_should_be_answered_when_the_text_is_here_and_not_before()
    {
        _records.Tell(Standing);
        var fetch = _texts.ExpectMsg<FetchText>();
        Assert.Equal("there", fetch.Source);
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));

        _texts.Reply(new TextFetched(Goal.Text, null));
        Assert.Equal(GoalState.Open, ExpectMsg<RecordEvents.Shown>().View.State);
        Assert.Equal("here", _goals.ExpectMsg<FlightCommands.Board>().Source);
        Assert.Equal(1, _open.Count);
    }

    [Fact]
    public void A_waiter_should_hear_the_answer_and_the_record_be_forgotten_after_its_time()
    {
        var (waiter, record) = Wait();
        Race();
        Tell(Story.Accepted, Story.Settled());
        Assert.Equal(Verdict.Proved, waiter.ExpectMsg<RecordEvents.Shown>(shown => shown.View.Answer is not null).View.Answer!.Verdict);
        Assert.Equal(0, _open.Count);

        Watch(record);
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromHours(1));
        ExpectTerminated(record);
        _kept.Goals.Clear();
        _records.Tell(new RecordCommands.Show(Goal.Id, Story.ByAlice));
        ExpectMsg<RecordEvents.Unknown>();
    }

    [Fact]
    public void The_death_of_the_last_waiter_should_withdraw_the_race()
    {
        var (waiter, _) = Wait();
        Race();
        Tell(Story.Accepted);
        Sys.Stop(waiter);
        Assert.Equal(GoalRecord.NobodyInterested, _goals.FishForMessage<FlightCommands.Leave>(_ => true).Reason);
    }

    [Fact]
    public void A_waiter_that_is_only_said_to_be_gone_should_have_time_to_ask_again()
    {
        var (waiter, record) = Wait();
        Race();
        Tell(Story.Accepted);
        waiter.Ref.IsSaidToBeGone(record);
        // It has heard so when it has answered.
        _records.Tell(new RecordCommands.Show(Goal.Id, Story.ByAlice));
        ExpectMsg<RecordEvents.Shown>();
        _records.Tell(Standing with { Stands = false }, waiter);
        waiter.FishForMessage<RecordEvents.Shown>(_ => true);
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(10));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        waiter.Ref.IsSaidToBeGone(record);
        AwaitAssert(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(GoalRecord.NobodyInterested, _goals.ExpectMsg<FlightCommands.Leave>(TimeSpan.FromMilliseconds(50)).Reason);
        });
    }

    [Fact]
    public void A_follower_that_asks_again_after_its_owner_gave_the_goal_up_should_not_bring_it_back()
    {
        var follow = Standing with { Stands = false, Follower = "" };
        var (follower, _) = Wait(follow);
        Race();
        Tell(Story.Accepted);
        _records.Tell(new RecordCommands.Withdraw(Goal.Id, Story.ByAlice));
        ExpectMsg<RecordEvents.Shown>();
        _goals.FishForMessage<FlightCommands.Leave>(_ => true);
        _records.Tell(follow, follower);
        Tell(Story.Settled(Verdict.Withdrawn));
        Assert.Equal(Verdict.Withdrawn, follower.FishForMessage<RecordEvents.Shown>(shown => shown.View.Answer is not null).View.Answer!.Verdict);
    }

    [Fact]
    public void A_reader_should_have_one_event_after_the_other_as_they_happen()
    {
        Wait();
        Race();
        Tell(Story.Accepted);
        for (var number = 1; number <= 3; number++)
        {
            _records.Tell(new RecordCommands.Next(Goal.Id, Story.ByAlice, number - 1, TimeSpan.FromSeconds(15)));
            if (number > 1)
                Tell(number == 2 ? Story.Started : Story.Settled());
            Assert.Equal(number, ExpectMsg<RecordEvents.Told>().Number);
        }

        _records.Tell(new RecordCommands.Next(Goal.Id, Story.ByAlice, 3, TimeSpan.FromSeconds(15)));
        ExpectMsg<RecordEvents.NoMore>();
    }

    [Fact]
    public void Another_owner_should_see_nothing_and_an_administrator_everything()
    {
        Wait();
        var (bob, root) = (new Caller("bob", IsAdmin: false), new Caller("root", IsAdmin: true));
        _records.Tell(new RecordCommands.Show(Goal.Id, bob));
        ExpectMsg<RecordEvents.Unknown>();
        _records.Tell(new RecordCommands.Withdraw(Goal.Id, bob));
        ExpectMsg<RecordEvents.Unknown>();
        _records.Tell(new RecordCommands.Next(Goal.Id, bob, 0, TimeSpan.FromSeconds(1)));
        ExpectMsg<RecordEvents.Unknown>();
        _records.Tell(Standing with { Owner = "bob" });
        ExpectMsg<RecordEvents.Conflict>();
        _records.Tell(new RecordCommands.Show(Goal.Id, root));
        ExpectMsg<RecordEvents.Shown>();
    }

    [Fact]
    public void Another_goal_under_the_id_should_be_a_conflict()
    {
        Wait();
        _records.Tell(Standing with { What = Goal with { Name = "other" } });
        ExpectMsg<RecordEvents.Conflict>();
    }

    [Fact]
    public void A_goal_beyond_the_number_that_may_be_open_should_be_refused_and_leave_nothing()
    {
        _open.Take(1);
        _open.Take(1);
        _records.Tell(Standing);
        ExpectMsg<RecordEvents.Full>();
        _open.Give(1);
        _records.Tell(Standing);
        _texts.ExpectMsg<FetchText>();
    }

    [Fact]
    public void A_goal_whose_text_is_beyond_the_bytes_that_may_be_open_should_be_refused_until_there_is_room()
    {
        _open.Take(1000 - Text.Length + 1);
        _records.Tell(Standing);
        ExpectMsg<RecordEvents.Full>();
        Watch(LastSender);
        ExpectTerminated(LastSender);

        _open.Give(1000 - Text.Length + 1);
        _open.Take(1000 - Text.Length);
        var (waiter, _) = Wait();
        Assert.False(_open.TryTake(1));
        Race();
        Tell(Story.Accepted, Story.Settled());
        waiter.ExpectMsg<RecordEvents.Shown>(shown => shown.View.Answer is not null);
        Assert.True(_open.TryTake(Text.Length));
    }

    [Fact]
    public void A_goal_that_was_joined_again_should_not_be_forgotten_by_an_index_that_saw_it_settled()
    {
        var record = GiveUp();
        _records.Tell(Standing);
        Assert.Equal(GoalState.Open, Show().State);
        record.Tell(ForgetRecord.Instance);
        Assert.Equal(GoalState.Open, Show().State);
        Assert.Equal(1, _open.Count);
    }

    [Fact]
    public void An_answer_that_another_node_hands_over_should_end_a_race_that_was_about_to_begin_anew()
    {
        GiveUp();
        _records.Tell(Standing);
        var told = Story.Of(Story.Alice, Story.Accepted, Story.Settled()).Written("there", TimeSpan.Zero);
        _records.Tell(new RecordCommands.Adopt(told with { What = Goal }), CreateTestProbe());
        Assert.Equal(Verdict.Proved, ExpectMsg<RecordEvents.Shown>().View.Answer!.Verdict);

        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(1));
        _texts.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_goal_whose_text_cannot_be_had_should_not_be_accepted()
    {
        _records.Tell(Standing);
        _texts.ExpectMsg<FetchText>();
        _texts.Reply(new TextFetched(Goal.Text, "there sends nothing"));
        Assert.Contains("there sends nothing", ExpectMsg<RecordEvents.Unavailable>().Why);
        AwaitAssert(() => Assert.Equal(0, _open.Count));
    }

    /// <summary>Somebody waits for the goal, whose text is here.</summary>
    private (TestProbe Waiter, IActorRef Record) Wait(RecordCommands.Submit? submit = null)
    {
        var waiter = CreateTestProbe();
        _records.Tell(submit ?? Standing with { Stands = false }, waiter);
        _texts.ExpectMsg<FetchText>();
        _texts.Reply(new TextFetched(Goal.Text, null));
        waiter.ExpectMsg<RecordEvents.Shown>();
        return (waiter, waiter.LastSender);
    }

    /// <summary>Somebody waits for the goal and gives it up, and its race ends.</summary>
    private IActorRef GiveUp()
    {
        var (waiter, record) = Wait();
        Race();
        Tell(Story.Accepted);
        Read(after: 0);
        Sys.Stop(waiter);
        _goals.FishForMessage<FlightCommands.Leave>(_ => true);
        Tell(Story.Settled(Verdict.Withdrawn));
        Read(after: 1);
        return record;
    }

    /// <summary>The next event, when it has happened.</summary>
    private void Read(int after)
    {
        _records.Tell(new RecordCommands.Next(Goal.Id, Story.ByAlice, after, TimeSpan.FromSeconds(15)));
        ExpectMsg<RecordEvents.Told>();
    }

    private RecordView Show()
    {
        _records.Tell(new RecordCommands.Show(Goal.Id, Story.ByAlice));
        return ExpectMsg<RecordEvents.Shown>().View;
    }

    private void Race() => _goals.ExpectMsg<FlightCommands.Board>();

    private void Tell(params IGoalEvent[] told)
    {
        foreach (var each in told)
            _goals.LastSender.Tell(each, _coordinator);
    }
}
