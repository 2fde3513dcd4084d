using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Tests.Nodes;

public sealed class SlotQueueSpec
{
    [Fact]
    public void Every_waiting_goal_should_get_its_first_run_before_another_gets_its_second()
    {
        var queue = Waits(Waits(Waits(new SlotQueue(Slots: 1, Limit: 10), "a", turn: 1), "b", turn: 0), "c", turn: 0);

        Assert.Equal(["b", "c", "a"], InOrder(queue));
    }

    [Fact]
    public void A_higher_priority_should_come_first_whatever_its_turn()
    {
        var queue = Waits(Waits(Waits(new SlotQueue(Slots: 1, Limit: 10), "a", turn: 0), "b", turn: 3, priority: 5), "c", turn: 0, priority: -1);

        Assert.Equal(["b", "a", "c"], InOrder(queue));
    }

    [Fact]
    public void A_grant_should_say_who_would_be_next()
    {
        var queue = Waits(Waits(new SlotQueue(Slots: 1, Limit: 10), "a", turn: 0), "b", turn: 2);

        Assert.Equal(new SlotRank(0, 2), queue.Next(0, Nobody).Grant!.Next);
    }

    [Fact]
    public void A_goal_that_passes_should_keep_its_place_among_those_of_its_new_rank()
    {
        var queue = Waits(Waits(Waits(new SlotQueue(Slots: 1, Limit: 10), "a", turn: 0), "b", turn: 0), "c", turn: 1);
        var (granted, grant) = queue.Next(0, Nobody);
        Assert.Equal("a", grant!.Waiting.Goal.Value);

        Assert.Equal(["b", "a", "c"], InOrder(granted.Return(grant.Number, new SlotRank(0, 1))));
    }

    [Fact]
    public void A_granted_slot_should_be_taken_by_its_goal_alone()
    {
        var (queue, grant) = Waits(new SlotQueue(Slots: 1, Limit: 10), "a", turn: 0).Next(0, Nobody);

        Assert.Equal(0, queue.Free);
        Assert.False(queue.HasSlotFor(Run("b")));
        Assert.False(queue.HasSlotFor(Run("a", incarnation: 2)));
        Assert.True(queue.HasSlotFor(Run("a")));
        Assert.Equal((1, 0), (queue.Occupy(Run("a")).RunningCount, queue.Occupy(Run("a")).Free));
        Assert.Empty(queue.Occupy(Run("a")).Expired(before: grant!.At + 1));
    }

    [Fact]
    public void A_goal_whose_coordinator_is_silent_should_be_served_only_if_nobody_else_waits()
    {
        var queue = Waits(Waits(new SlotQueue(Slots: 2, Limit: 10), "a", turn: 0), "b", turn: 1);
        var (next, first) = queue.Next(0, goal => goal.Value == "a");
        var (_, second) = next.Next(0, goal => goal.Value == "a");

        Assert.Equal(("b", "a"), (first!.Waiting.Goal.Value, second!.Waiting.Goal.Value));
    }

    [Fact]
    public void No_more_goals_should_wait_than_may()
    {
        var queue = Waits(new SlotQueue(Slots: 1, Limit: 1), "a", turn: 0);

        Assert.Null(queue.Enqueue(GoalId.Parse("b"), 1, new SlotRank(0, 0)));
        Assert.NotNull(queue.Enqueue(GoalId.Parse("a"), 1, new SlotRank(0, 3)));
    }

    [Fact]
    public void A_grant_that_nobody_uses_should_expire()
    {
        var (queue, grant) = Waits(new SlotQueue(Slots: 1, Limit: 10), "a", turn: 0).Next(now: 5, Nobody);

        Assert.Empty(queue.Expired(before: 5));
        Assert.Equal(grant, Assert.Single(queue.Expired(before: 6)));
    }

    [Fact]
    public void No_schedule_should_give_more_slots_than_there_are_or_leave_one_free_while_a_goal_waits()
    {
        var schedules =
            from slots in Gen.Choose(1, 4)
            from moves in Gen.ListOf(Gen.Choose(0, 999))
            select (slots, moves: moves.ToArray());
        Prop.ForAll(schedules.ToArbitrary(), schedule =>
        {
            var queue = new SlotQueue(schedule.slots, Limit: 6);
            var (running, grants, occupied) = (new List<RunId>(), new List<SlotGrant>(), 0);
            foreach (var move in schedule.moves)
            {
                var goal = $"g{move % 9}";
                switch (move % 6)
                {
                    case 0 or 1:
                        queue = queue.Enqueue(GoalId.Parse(goal), 1, new SlotRank(move % 3, move % 5)) ?? queue;
                        break;
                    case 2 when grants.Count > 0:
                        var used = Take(grants, move);
                        var run = new RunId(used.Waiting.Goal, 1, BackendName.Parse($"b{occupied++}"), 1);
                        Assert.True(queue.HasSlotFor(run));
                        queue = queue.Occupy(run);
                        running.Add(run);
                        break;
                    case 3 when grants.Count > 0:
                        queue = queue.Return(Take(grants, move).Number, move % 2 == 0 ? null : new SlotRank(0, 1));
                        break;
                    case 4 when running.Count > 0:
                        queue = queue.Release(Take(running, move));
                        break;
                    case 5:
                        queue = queue.Leave(GoalId.Parse(goal));
                        break;
                }

                while (queue.Next(0, Nobody) is (var next, { } grant))
                {
                    queue = next;
                    grants.Add(grant);
                }

                Assert.Equal(running.Count, queue.RunningCount);
                Assert.True(queue.Free >= 0 && running.Count + grants.Count + queue.Free == schedule.slots);
                Assert.True(queue.WaitingCount == 0 || queue.Free == 0);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static bool Nobody(GoalId goal) => false;

    private static T Take<T>(List<T> list, int move)
    {
        var taken = list[move % list.Count];
        list.Remove(taken);
        return taken;
    }

    private static SlotQueue Waits(SlotQueue queue, string goal, int turn, int priority = 0) =>
        queue.Enqueue(GoalId.Parse(goal), 1, new SlotRank(priority, turn))!;

    private static List<string> InOrder(SlotQueue queue)
    {
        var order = new List<string>();
        while (queue.Next(0, Nobody) is (var next, { } grant))
        {
            order.Add(grant.Waiting.Goal.Value);
            queue = next.Return(grant.Number, null);
        }

        return order;
    }

    private static RunId Run(string goal, long incarnation = 1) => new(GoalId.Parse(goal), incarnation, BackendName.Parse("z3"), 1);
}
