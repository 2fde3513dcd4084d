using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Recovery;
using ProverCluster.Node.Store;
using ProverCluster.Node.Tests.Cache;
using ProverCluster.Node.Tests.Records;

namespace ProverCluster.Node.Tests.Recovery;

/// <summary>What is not settled is brought back to work, page by page. Time is virtual.</summary>
public sealed class RecoveryActorSpec : TestKit
{
    private static readonly CacheBounds Bounds = new(TimeSpan.FromDays(30), 10, 1000);

    private readonly ScriptedStore _store = new();
    private readonly FakeCache _cache = new();
    private readonly TestProbe _records;
    private readonly Lazy<IActorRef> _recovery;

    public RecoveryActorSpec()
        : base("akka { loglevel = OFF, stdout-loglevel = OFF, scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\" }")
    {
        _records = CreateTestProbe();
        _recovery = new(() => Sys.ActorOf(RecoveryActor.Props(() => new RecoveryTools(_store, _cache, Bounds, () => _records, TimeSpan.FromDays(7)))));
    }

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Every_goal_that_is_not_settled_is_asked_for_once_a_page_after_the_other()
    {
        Fill(RecoveryActor.PageSize + 1);
        _ = _recovery.Value;
        var first = Asked(RecoveryActor.PageSize);
        _records.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Answer(first, id => new RecordEvents.AtWork(id));
        var second = Asked(1);
        Answer(second, id => new RecordEvents.AtWork(id));
        _records.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.Equal(RecoveryActor.PageSize + 1, first.Concat(second).Distinct().Count());
    }

    [Fact]
    public void What_the_cache_has_beyond_its_bounds_goes_in_small_steps()
    {
        _cache.ToTrim = RecoveryActor.TrimAtOnce + 1;
        _ = _recovery.Value;
        AwaitAssert(() =>
        {
            Time.Advance(RecoveryActor.Pause);
            Assert.Equal(0, _cache.ToTrim);
        });
        Assert.Equal((Bounds, RecoveryActor.TrimAtOnce), _cache.LastTrimmed);
    }

    [Fact]
    public void A_page_that_there_is_no_room_for_is_asked_for_again_later_and_none_behind_it_before()
    {
        Fill(RecoveryActor.PageSize + 1);
        _ = _recovery.Value;
        var first = Asked(RecoveryActor.PageSize);
        Answer(first, id => id == first[0] ? new RecordEvents.AtWork(id) : new RecordEvents.Full(id));
        _records.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        Settle(first[0]);
        Time.Advance(RecoveryActor.Pause);
        var again = Asked(RecoveryActor.PageSize);
        Assert.Equal(first.Skip(1), again.Take(RecoveryActor.PageSize - 1));
    }

    [Fact]
    public void A_goal_whose_message_was_lost_is_asked_for_again_soon_and_in_the_next_round()
    {
        Fill(2);
        _ = _recovery.Value;
        var first = Asked(2);
        Answer(first[..1], id => new RecordEvents.AtWork(id));
        _records.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        for (var asks = 1; asks < RecoveryActor.MostAsks; asks++)
        {
            Time.Advance(RecoveryActor.AskPatience);
            Assert.Equal(first[1..], Asked(1));
        }

        Time.Advance(RecoveryActor.AskPatience);
        _records.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Settle(first[0]);
        Time.Advance(RecoveryActor.AskPatience);
        Assert.Equal(first[1..], Asked(1));
    }

    [Fact]
    public void A_store_that_does_not_work_is_asked_until_it_does()
    {
        Fill(1);
        _store.Trouble = "the server is away";
        _ = _recovery.Value;
        _records.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _store.Trouble = null;
        AwaitAssert(() =>
        {
            Time.Advance(RecoveryActor.Pause);
            _records.ExpectMsg<RecordCommands.Recover>(TimeSpan.FromMilliseconds(50));
        });
    }

    [Fact]
    public void What_is_old_is_forgotten_step_by_step()
    {
        _store.ToForget = RecoveryActor.ForgetAtOnce + 1;
        _ = _recovery.Value;
        AwaitAssert(() =>
        {
            Time.Advance(RecoveryActor.Pause);
            Assert.Equal(0, _store.ToForget);
        });
        Assert.Equal((TimeSpan.FromDays(7), RecoveryActor.ForgetAtOnce), _store.LastForgotten);
    }

    private void Fill(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            var goal = Story.Goal with { Id = GoalId.New() };
            _store.Goals[goal.Id] = new StoredGoal(number, goal, "alice", true, 1, TimeSpan.FromSeconds(10), null, null);
        }
    }

    private void Settle(GoalId goal) => _store.Goals[goal] = _store.Goals[goal] with { Answer = Story.Settled().Answer };

    private GoalId[] Asked(int count) => [.. Enumerable.Range(0, count).Select(_ => _records.ExpectMsg<RecordCommands.Recover>().Goal)];

    private void Answer(IEnumerable<GoalId> goals, Func<GoalId, IRecordEvent> answer)
    {
        foreach (var goal in goals)
            _recovery.Value.Tell(answer(goal), _records);
    }
}
