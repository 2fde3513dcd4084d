using System.Diagnostics;

namespace Akka.Conformance;

public sealed class SchedulerSpecs : Spec
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(60);

    [Fact]
    public void A_scheduled_message_should_not_come_early_and_come_with_its_sender()
    {
        var probe = CreateTestProbe();
        var clock = Stopwatch.StartNew();
        Sys.Scheduler.ScheduleTellOnce(Soon, TestActor, "now", probe.Ref);
        ExpectMsg("now");
        Assert.True(clock.Elapsed >= Soon, $"It came after {clock.Elapsed}.");
        Assert.Equal(probe.Ref, LastSender);
    }

    [Fact]
    public void A_repeated_message_should_come_until_it_is_cancelled()
    {
        var job = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.Zero, TimeSpan.FromMilliseconds(20), TestActor, "tick", ActorRefs.NoSender);
        Assert.All(ReceiveN(5), m => Assert.Equal("tick", m));
        job.Cancel();
        Assert.True(job.IsCancellationRequested);
        while (ReceiveOne(TimeSpan.FromMilliseconds(200)) is not null && HasMessages)
        {
        }
        ExpectNoMsg(200);
    }

    [Fact]
    public void A_cancelled_job_should_not_run()
    {
        var job = Sys.Scheduler.ScheduleTellOnceCancelable(Soon, TestActor, "never", ActorRefs.NoSender);
        job.Cancel();
        ExpectNoMsg(Soon * 4);
    }

    [Fact]
    public void Many_jobs_should_run_in_the_order_of_their_times()
    {
        foreach (var i in new[] { 5, 3, 1, 4, 2 })
            Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(60 * i), TestActor, i, ActorRefs.NoSender);
        for (var i = 1; i <= 5; i++) ExpectMsg(i);
    }

    [Fact]
    public void A_time_in_the_past_should_be_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(-1), TestActor, "x", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Sys.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.Zero, TimeSpan.Zero, TestActor, "x", ActorRefs.NoSender));
    }

    [Fact]
    public void A_test_should_move_its_own_clock_forward_only()
    {
        using var system = ActorSystem.Create("manual", ConfigurationFactory
            .ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"").WithFallback(DefaultConfig));
        var clock = (TestScheduler)system.Scheduler;
        var start = clock.Now;
        system.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), TestActor, "in an hour", ActorRefs.NoSender);
        clock.AdvanceTo(start + TimeSpan.FromMinutes(59));
        Assert.False(HasMessages);
        clock.Advance(TimeSpan.FromMinutes(1));
        ExpectMsg("in an hour");
        Assert.Equal(start + TimeSpan.FromHours(1), clock.Now);
        Assert.Throws<InvalidOperationException>(() => clock.AdvanceTo(start));
    }

    [Fact]
    public void A_tick_of_less_than_ten_milliseconds_should_be_refused()
    {
        var thrown = Record.Exception(() => ActorSystem.Create("fast", "akka.scheduler.tick-duration = 1ms").Dispose());
        Assert.IsType<ArgumentOutOfRangeException>(thrown is { InnerException: { } inner } ? inner : thrown);
    }
}
