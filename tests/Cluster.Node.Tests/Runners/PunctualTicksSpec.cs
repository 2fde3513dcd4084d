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
        two.ExpectMsg<Tick>();

        first.Dispose();
        // A round that was under way may still tell it; when the other has had two more rounds, that is over.
        two.ExpectMsg<Tick>();
        two.ExpectMsg<Tick>();
        one.Ref.Tell("from here on", TestActor);
        one.FishForMessage(message => message is string);
        one.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        two.ExpectMsg<Tick>();
    }

    [Fact]
    public void Ticks_should_not_come_faster_than_the_period()
    {
        using var ticks = new PunctualTicks(TimeProvider.System, TimeSpan.FromMilliseconds(20));
        using var subscription = ticks.Subscribe(TestActor);
        ExpectMsg<Tick>();
        var from = TimeProvider.System.GetTimestamp();
        for (var count = 0; count < 5; count++)
            ExpectMsg<Tick>();

        // One tick may have been late, which brings the next one nearer.
        Assert.True(TimeProvider.System.GetElapsedTime(from) > TimeSpan.FromMilliseconds(70));
    }
}
