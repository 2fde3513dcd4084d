using System.Diagnostics;

namespace Akka.Conformance;

/// <summary>Timers on the machine's own clock.</summary>
public sealed class SchedulerSpecs : Spec
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(60);

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef reportTo)
        {
            Receive<Action<Timed>>(action => action(this));
            ReceiveAny(reportTo.Tell);
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private void Do(Action<Timed> action) => Sys.ActorOf(Props.Create(() => new Timed(TestActor))).Tell(action);

    [Fact]
    public void A_timer_should_not_fire_early()
    {
        var clock = Stopwatch.StartNew();
        Do(t => t.Timers.StartSingleTimer("key", "now", Soon));
        ExpectMsg("now");
        Assert.True(clock.Elapsed >= Soon, $"It came after {clock.Elapsed}.");
    }

    [Fact]
    public void A_periodic_timer_should_fire_again_and_again()
    {
        Do(t => t.Timers.StartPeriodicTimer("key", "tick", TimeSpan.FromMilliseconds(20)));
        Assert.All(ReceiveN(5), m => Assert.Equal("tick", m));
    }

    [Fact]
    public void Timers_should_fire_in_the_order_of_their_times_and_those_of_far_away_not_disturb_the_near_ones()
    {
        // Longer than a scheduler that sorts its jobs into 512 slots of 10 ms looks ahead, so near and far jobs share slots.
        Do(t =>
        {
            for (var i = 0; i < 600; i++) t.Timers.StartSingleTimer($"far {i}", "far", TimeSpan.FromSeconds(60) + TimeSpan.FromMilliseconds(10 * i));
            foreach (var i in new[] { 5, 3, 1, 4, 2 }) t.Timers.StartSingleTimer(i, i, Soon * i);
        });
        for (var i = 1; i <= 5; i++) ExpectMsg(i);
        ExpectNoMsg(50);
    }
}
