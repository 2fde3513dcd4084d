using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Store;
using ProverCluster.Node.Tests.Records;
using static ProverCluster.Node.Tests.Cache.FlightStory;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>The thin shell of a flight: messages in, happenings; effects out, sends and timers. Time is virtual.</summary>
public sealed class FlightActorSpec : TestKit
{
    private readonly ManualClock _clock = new();
    private readonly FakeCache _cache = new();
    private readonly ScriptedStore _store = new();
    private readonly TestProbe _goals;
    private readonly TestProbe _coordinator;
    private readonly IActorRef _flights;

    public FlightActorSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        (_goals, _coordinator) = (CreateTestProbe(), CreateTestProbe());
        _flights = Flights(_cache);
    }

    [Fact]
    public void A_goal_should_be_raced_its_verdict_kept_and_the_next_one_be_answered_without_a_race()
    {
        var first = Board(Goal("a"));
        Race("a", Accepted("a"), Decided("a", 1), Settled("a", Verdict.Proved, 1));
        Assert.Null(Answer(first).Origin);
        AwaitAssert(() => Assert.Equal((Name.Key.Value, Verdict.Proved, GoalLanguage.SmtLib2), Assert.Single(_cache.Entries) is var kept ? (kept.Key, kept.Verdict, kept.Language) : default));

        var answer = Answer(Board(Goal("b")));
        Assert.Equal((Verdict.Proved, true, Z3), (answer.Verdict, answer.Origin!.IsCached, answer.Origin.Verdict!.Backend));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Goals_that_come_at_once_should_share_one_race()
    {
        var listeners = Enumerable.Range(0, 50).Select(number => (Id: $"g{number}", Probe: Board(Goal($"g{number}")))).ToArray();
        var leader = _goals.ExpectMsg<GoalCommands.Submit>().What.Id.Value;
        Tell(_goals.LastSender, Accepted(leader), Settled(leader, Verdict.Proved, 1));
        Assert.All(listeners, each => Assert.Equal(GoalId.Parse(each.Id), Answer(each.Probe).Id));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_cache_that_does_not_work_should_keep_nobody_from_an_answer()
    {
        _cache.IsBroken = true;
        var listener = Board(Goal("a"));
        Race("a", Accepted("a"), Settled("a", Verdict.Proved, 1));
        Assert.Equal(Verdict.Proved, Answer(listener).Verdict);
        // Until then it has the answer itself.
        Watch(listener.LastSender);
        ExpectTerminated(listener.LastSender);
        var again = Board(Goal("b"));
        Race("b", Accepted("b"), Settled("b", Verdict.Proved, 1));
        Assert.Equal(Verdict.Proved, Answer(again).Verdict);
    }

    [Fact]
    public void A_cache_that_says_nothing_should_be_waited_for_a_moment_only()
    {
        _cache.IsSilent = true;
        Board(Goal("a"));
        Assert.Equal("a", _goals.ExpectMsg<GoalCommands.Submit>().What.Id.Value);
    }

    [Fact]
    public async Task An_entry_that_nobody_can_have_written_should_be_none()
    {
        await _cache.PutAsync(new NewVerdict(Name.Key.Value, GoalLanguage.SmtLib2, Verdict.Proved, "{}"));
        Board(Goal("a"));
        _goals.ExpectMsg<GoalCommands.Submit>();
        Assert.Empty(_cache.Entries);
    }

    [Fact]
    public async Task A_race_that_contradicts_what_other_provers_were_asked_for_should_raise_the_alarm_and_take_all_of_that_text()
    {
        var other = VerdictKey.Of(Goal("x") with { Backends = [Cvc5] }, EvenTexts.Read(GoalLanguage.SmtLib2, "(check-sat)\n")).Value;
        var stranger = VerdictKey.Of(Goal("x"), EvenTexts.Read(GoalLanguage.SmtLib2, "(check-sat) ; \n")).Value;
        await _cache.PutAsync(new NewVerdict(other, GoalLanguage.SmtLib2, Verdict.Refuted, Provenance.Write(From with { Szs = SzsStatus.Satisfiable })));
        await _cache.PutAsync(new NewVerdict(stranger, GoalLanguage.SmtLib2, Verdict.Refuted, Provenance.Write(From with { Szs = SzsStatus.Satisfiable })));
        EventFilter.Error(contains: "contradict").ExpectOne(() =>
        {
            var listener = Board(Goal("a"));
            Race("a", Accepted("a"), Settled("a", Verdict.Proved, 1));
            Answer(listener);
        });
        Assert.Equal(stranger, Assert.Single(_cache.Entries).Key);
    }

    [Fact]
    public void A_contradiction_should_mark_the_answers_that_were_given_from_the_cache()
    {
        var given = Goal("given");
        var answer = Settled("given", Verdict.Refuted, 1).Answer with { Origin = new AnswerOrigin(IsCached: true, From) };
        _store.Goals[given.Id] = new StoredGoal(1, given, "alice", true, 1, TimeSpan.FromSeconds(1), new StoreMoment(1), answer);
        _store.VerdictTexts[given.Id] = Name.Key.Text;
        Board(Goal("a"));
        Race("a", Accepted("a"), Settled("a", Verdict.Unknown, 1, RunOutcome.Disagreed));
        AwaitAssert(() => Assert.Equal("why", _store.Goals[given.Id].Answer!.Origin!.Doubt));
    }

    [Fact]
    public void A_contradiction_within_a_race_should_raise_the_alarm()
    {
        EventFilter.Error(contains: "why").ExpectOne(() =>
        {
            var listener = Board(Goal("a"));
            Race("a", Accepted("a"), Settled("a", Verdict.Unknown, 1, RunOutcome.Disagreed));
            Assert.Equal(Verdict.Unknown, Answer(listener).Verdict);
        });
        Assert.Empty(_cache.Entries);
    }

    [Fact]
    public void The_death_of_the_last_one_who_waits_should_withdraw_the_race()
    {
        var (a, b) = (Board(Goal("a")), Board(Goal("b")));
        var leader = Submitted(Accepted).What.Id.Value;
        Sys.Stop(leader == "a" ? b : a);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Sys.Stop(leader == "a" ? a : b);
        Assert.Equal(leader, _goals.FishForMessage<GoalCommands.Withdraw>(_ => true).Goal.Value);
    }

    [Fact]
    public void When_the_goal_whose_race_it_is_goes_its_text_should_be_found_with_another_before_the_first_listener_stops()
    {
        var a = Board(Goal("a"));
        Submitted(Accepted);
        var first = _goals.LastSender;
        Watch(first);
        var b = Board(Goal("b"));
        b.ExpectMsg<GoalEvents.Accepted>();
        _flights.Tell(new FlightCommands.Leave(Name.ToString(), GoalId.Parse("a"), "given up"), a);
        Assert.Equal(Verdict.Withdrawn, Answer(a).Verdict);
        var moved = _goals.ExpectMsg<GoalCommands.Submit>();
        Assert.Equal(("a", "at-b"), (moved.What.Id.Value, moved.Source));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        Tell(_goals.LastSender, Accepted("a"));
        ExpectTerminated(first);
        Tell(_goals.LastSender, Settled("a", Verdict.Proved, 2));
        Assert.Equal(Verdict.Proved, Answer(b).Verdict);
    }

    [Fact]
    public void A_goal_should_be_answered_at_its_own_deadline()
    {
        Board(Goal("a", 60));
        Submitted(Accepted);
        var b = Board(Goal("b", 5));
        b.ExpectMsg<GoalEvents.Accepted>();
        Pass(5);
        Assert.Equal((Verdict.Unknown, Seconds(5)), Answer(b) is var answer ? (answer.Verdict, answer.Settled) : default);
        Assert.Equal(Seconds(3), Answer(Board(Goal("c", 3), left: 0)).Settled);
    }

    [Fact]
    public void What_is_left_of_its_time_should_be_raced_anew_by_one_that_has_more()
    {
        var (a, b) = (Board(Goal("a", 10)), CreateTestProbe());
        Submitted(Accepted);
        Board(Goal("b", 60), by: b);
        b.ExpectMsg<GoalEvents.Accepted>();
        Pass(10);
        Tell(_goals.LastSender, Settled("a", Verdict.Unknown, 10));
        Answer(a);
        Assert.Equal(("b", Seconds(50)), _goals.ExpectMsg<GoalCommands.Submit>() is var submit ? (submit.What.Id.Value, submit.Left) : default);
        b.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_goal_that_comes_back_while_its_race_is_given_up_should_be_raced_anew_once_its_coordinator_is_gone()
    {
        var first = Board(Goal("a"));
        Submitted(Accepted);
        Sys.Stop(first);
        _goals.ExpectMsg<GoalCommands.Withdraw>();
        var second = Board(Goal("a"));
        second.ExpectMsg<GoalEvents.Accepted>();
        Tell(_goals.LastSender, Settled("a", Verdict.Withdrawn, 1));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(0.1);
        Race("a", Accepted("a"), Settled("a", Verdict.Proved, 2));
        Assert.Equal(Verdict.Proved, Answer(second).Verdict);
    }

    [Fact]
    public void A_flight_that_moves_should_go_on_with_its_race_for_those_who_wait()
    {
        var (a, b) = (Board(Goal("a")), CreateTestProbe());
        Submitted(Accepted);
        var before = _goals.LastSender;
        Board(Goal("b"), by: b);
        b.ExpectMsg<GoalEvents.Accepted>();
        // What a shard does, and what the parent does when a flight has nothing more to do.
        _flights.Tell(new Akka.Cluster.Sharding.Passivate(LeaveFlight.Instance), b.LastSender);
        Assert.Equal("a", _goals.ExpectMsg<GoalCommands.Submit>().What.Id.Value);
        Assert.NotEqual(before, _goals.LastSender);

        Tell(_goals.LastSender, Accepted("a"), Settled("a", Verdict.Proved, 1));
        Assert.Equal((Verdict.Proved, Verdict.Proved), (Answer(a).Verdict, Answer(b).Verdict));
        Watch(before);
        Pass(FlightRaceActor.Linger.TotalSeconds);
        ExpectTerminated(before);
    }

    [Fact]
    public void A_race_that_cannot_be_had_should_be_told_to_those_who_wait()
    {
        var a = Board(Goal("a"));
        _goals.ExpectMsg<GoalCommands.Submit>();
        Sys.Stop(_goals.LastSender);
        Assert.Contains("was settled", a.ExpectMsg<FlightEvents.Failed>().Why);
    }

    [Fact]
    public async Task What_was_kept_in_a_store_should_be_there_when_it_is_opened_again()
    {
        var folder = Directory.CreateTempSubdirectory("verdicts");
        try
        {
            await using (var store = await NodeStore.OpenAsync(folder.FullName, TimeProvider.System))
            {
                var flights = Flights(store.Verdicts);
                var first = Board(Goal("a"), to: flights);
                Race("a", Accepted("a"), Settled("a", Verdict.Proved, 1));
                Answer(first);
                while ((await store.Verdicts.CountAsync()).Entries == 0)
                    await Task.Delay(5);
            }

            await using var again = await NodeStore.OpenAsync(folder.FullName, TimeProvider.System);
            var answer = Answer(Board(Goal("b"), to: Flights(again.Verdicts)));
            Assert.Equal((true, "4.8.12", Verdict.Proved), (answer.Origin!.IsCached, answer.Origin.Verdict!.Version, answer.Verdict));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private IActorRef Flights(IVerdictCache cache)
    {
        IActorRef? flights = null;
        var tools = new FlightTools(() => flights!, props => Sys.ActorOf(props), _goals, cache, _clock) { Store = _store };
        return flights = Sys.ActorOf(FlightsActor.Props(tools));
    }

    private TestProbe Board(Goal goal, double? left = null, TestProbe? by = null, IActorRef? to = null)
    {
        by ??= CreateTestProbe();
        var board = FlightStory.Board(goal, left);
        (to ?? _flights).Tell(new FlightCommands.Board(Name.ToString(), goal, board.Source, board.Left), by);
        return by;
    }

    private GoalCommands.Submit Submitted(Func<string, IGoalEvent> told)
    {
        var submit = _goals.ExpectMsg<GoalCommands.Submit>();
        Tell(_goals.LastSender, told(submit.What.Id.Value));
        return submit;
    }

    private void Race(string goal, params IGoalEvent[] told)
    {
        Assert.Equal(goal, _goals.ExpectMsg<GoalCommands.Submit>().What.Id.Value);
        Tell(_goals.LastSender, told);
    }

    private void Tell(IActorRef listener, params IGoalEvent[] told)
    {
        foreach (var each in told)
            listener.Tell(each, _coordinator);
    }

    private static GoalAnswer Answer(TestProbe listener) => listener.FishForMessage<GoalEvents.Settled>(_ => true).Answer;

    private void Pass(double seconds)
    {
        _clock.Advance(Seconds(seconds));
        ((TestScheduler)Sys.Scheduler).Advance(Seconds(seconds));
    }
}
