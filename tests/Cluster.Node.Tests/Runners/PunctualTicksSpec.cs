using Akka.TestKit.Xunit2;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node.Tests.Runners;

public sealed class PunctualTicksSpec : TestKit
{
    [Fact]
    public void Every_subscriber_should_be_told_until_it_is_no_more()
    {
        using var ticks = new PunctualTicks(TimeProvider.System, TimeSpan.FromMilliseconds(2));
        var (one, two) = (CreateTestProbe(), CreateTestProbe());
        var first = ticks.Subscribe(one);
        using var second = ticks.Subscribe(two);
        one.ExpectMsg<Tick>();
        Take(two, second);

        first.Dispose();
        first.Taken();
        // A round that was under way may still tell it; when the other has had two more rounds, that is over.
        Take(two, second);
        Take(two, second);
        one.Ref.Tell("from here on", TestActor);
        one.FishForMessage(message => message is string);
        one.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Take(two, second);
    }

    [Fact]
    public void A_subscriber_that_is_late_should_have_one_tick_waiting_and_no_more()
    {
        using var ticks = new PunctualTicks(TimeProvider.System, TimeSpan.FromMilliseconds(1));
        var (late, punctual) = (CreateTestProbe(), CreateTestProbe());
        using var lateOne = ticks.Subscribe(late);
        using var other = ticks.Subscribe(punctual);
        for (var round = 0; round < 20; round++)
            Take(punctual, other);

        late.ExpectMsg<Tick>();
        late.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        lateOne.Taken();
        late.ExpectMsg<Tick>();
    }

    [Fact]
    public void Ticks_should_not_come_faster_than_the_period()
    {
        using var ticks = new PunctualTicks(TimeProvider.System, TimeSpan.FromMilliseconds(20));
        using var subscription = ticks.Subscribe(TestActor);
        ExpectMsg<Tick>();
        subscription.Taken();
        var from = TimeProvider.System.GetTimestamp();
        for (var count = 0; count < 5; count++)
        {
            ExpectMsg<Tick>();
            subscription.Taken();
        }

        // One tick may have been late, which brings the next one nearer.
        Assert.True(TimeProvider.System.GetElapsedTime(from) > TimeSpan.FromMilliseconds(70));
    }

    [Fact]
    public void How_late_a_tick_was_taken_should_be_known_and_the_worst_not_forgotten()
    {
        using var ticks = new PunctualTicks(TimeProvider.System, TimeSpan.FromMilliseconds(1));
        var (late, punctual) = (CreateTestProbe(), CreateTestProbe());
        using var lateOne = ticks.Subscribe(late);
        using var other = ticks.Subscribe(punctual);
        Assert.Equal(default, lateOne.Lateness);
        late.ExpectMsg<Tick>();
        var from = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < 20; round++)
            Take(punctual, other);
        var atLeast = TimeProvider.System.GetElapsedTime(from);
        lateOne.Taken();
        var worst = lateOne.Lateness.Worst;
        Assert.True(worst >= atLeast && lateOne.Lateness.Last == worst, $"{lateOne.Lateness}, but {atLeast} at least");

        for (var round = 0; round < 20 && lateOne.Lateness.Last >= worst; round++)
            Take(late, lateOne);
        Assert.True(lateOne.Lateness.Last < worst && lateOne.Lateness.Worst >= worst, $"{lateOne.Lateness}");
    }

    private static void Take(Akka.TestKit.TestProbe probe, ITickSubscription subscription)
    {
        probe.ExpectMsg<Tick>();
        subscription.Taken();
    }
}
