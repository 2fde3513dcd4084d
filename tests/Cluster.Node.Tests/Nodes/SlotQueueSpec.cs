using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Ids;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Tests.Nodes;

public sealed class SlotQueueSpec
{
    [Fact]
    public void Every_waiting_goal_should_get_its_first_run_before_another_gets_its_second()
    {
        var queue = new SlotQueue(Slots: 1, Limit: 10).Enqueue(Run("a", "z3")).Enqueue(Run("a", "cvc5")).Enqueue(Run("b", "z3")).Enqueue(Run("b", "cvc5"));

        Assert.Equal(["a/z3", "b/z3", "a/cvc5", "b/cvc5"], DrainOneByOne(queue));
    }

    [Fact]
    public void No_schedule_should_run_more_than_there_are_slots_or_lose_a_run()
    {
        var schedules =
            from slots in Gen.Choose(1, 4)
            from moves in Gen.ListOf(Gen.Choose(0, 99))
            select (slots, moves: moves.ToArray());
        Prop.ForAll(schedules.ToArbitrary(), schedule =>
        {
            var queue = new SlotQueue(schedule.slots, Limit: 1000);
            var running = new List<RunId>();
            var (entered, left) = (0, 0);
            foreach (var move in schedule.moves)
            {
                if (move < 60)
                {
                    queue = queue.Enqueue(Run($"g{move % 5}", $"b{entered++}"));
                }
                else if (running.Count > 0)
                {
                    queue = queue.Remove(running[move % running.Count]);
                    running.RemoveAt(move % running.Count);
                    left++;
                }

                while (queue.Next() is ({ } next, { } run))
                {
                    queue = next;
                    running.Add(run);
                }

                Assert.True(queue.RunningCount <= schedule.slots);
                Assert.Equal(running.Count, queue.RunningCount);
                Assert.Equal(entered, left + queue.RunningCount + queue.WaitingCount);
                Assert.True(queue.WaitingCount == 0 || queue.RunningCount == schedule.slots);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static List<string> DrainOneByOne(SlotQueue queue)
    {
        var order = new List<string>();
        while (queue.Next() is (var next, { } run))
        {
            order.Add($"{run.Goal}/{run.Backend}");
            // The goal stays known while another of its runs is here, as it would on a busy node.
            queue = next.Remove(run);
        }

        return order;
    }

    private static RunId Run(string goal, string backend) => new(GoalId.Parse(goal), 1, BackendName.Parse(backend), 1);
}
