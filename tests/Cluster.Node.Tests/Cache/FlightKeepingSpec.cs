using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Store;
using static ProverCluster.Node.Tests.Cache.FlightStory;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>What a flight does with the cache: it never waits long for it, believes no entry that cannot be true, and forgets no contradiction.</summary>
public sealed class FlightKeepingSpec : FlightActorWorld
{
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
        AwaitAssert(() => Assert.Equal(stranger, Assert.Single(_cache.Entries).Key));
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
    public async Task A_contradiction_should_not_be_lost_where_the_store_does_not_work_just_then()
    {
        await _cache.PutAsync(new NewVerdict(Name.Key.Value, GoalLanguage.SmtLib2, Verdict.Refuted, Provenance.Write(From with { Szs = SzsStatus.Satisfiable })));
        var given = Goal("given");
        var answer = Settled("given", Verdict.Refuted, 1).Answer with { Origin = new AnswerOrigin(IsCached: true, From) };
        _store.Goals[given.Id] = new StoredGoal(1, given, "alice", true, 1, TimeSpan.FromSeconds(1), new StoreMoment(1), answer);
        _store.VerdictTexts[given.Id] = Name.Key.Text;
        _store.Trouble = "the disk is full";
        _cache.EvictionsToFail = 3;
        var fresh = FlightName.Of(Name.Key, EvenTexts.Goal with { IsFresh = true });
        Board(Goal("a"), name: fresh);
        Race("a", Accepted("a"), Settled("a", Verdict.Proved, 1));
        // Nobody is given the other verdict either while that lasts.
        AwaitAssert(() => Assert.True(_store.DoubtsAsked > 1));
        Board(Goal("b"), name: fresh);
        Assert.Equal("b", _goals.ExpectMsg<GoalCommands.Submit>().What.Id.Value);

        _store.Trouble = null;
        AwaitAssert(() => Assert.Equal((0, true), (_cache.Entries.Length, _store.Goals[given.Id].Answer!.Origin!.Doubt is not null)));
    }

    [Fact]
    public void A_contradiction_should_not_be_told_to_a_store_that_is_closed_over_and_over()
    {
        (_store.Trouble, _store.IsClosed) = ("it is closed", true);
        Board(Goal("a"));
        Race("a", Accepted("a"), Settled("a", Verdict.Unknown, 1, RunOutcome.Disagreed));
        // Before what the cache has goes, and after.
        AwaitAssert(() => Assert.Equal(2, _store.DoubtsAsked));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.Equal(2, _store.DoubtsAsked);
    }

    [Fact]
    public async Task A_verdict_that_is_too_old_should_be_none()
    {
        _cache.Age = TimeSpan.FromDays(31);
        await _cache.PutAsync(new NewVerdict(Name.Key.Value, GoalLanguage.SmtLib2, Verdict.Proved, Provenance.Write(From)));
        Board(Goal("a"));
        _goals.ExpectMsg<GoalCommands.Submit>();
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
}
