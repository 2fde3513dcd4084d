using Akka.Actor;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node.Tests.Runners;

/// <summary>Exactly which tick does what, over a clock and ticks that are moved by hand: a runner that is one tick late fails here.</summary>
public sealed class ProverRunnerSpec : TestKit
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);
    private static readonly RunLimits Limits = new(TimeSpan.FromSeconds(60), null, null, 1 << 30, 1 << 30, KeepOutput: false);
    private static readonly RunStop Lost = new(StopReason.Preempted, "cvc5 proved the goal");

    private readonly FakeLauncher _launcher = new();
    private readonly HandTicks _ticks = new();
    private readonly LookedAtClock _clock = new();

    [Theory]
    [InlineData(60_000, null, null, "the goal's deadline")]
    [InlineData(2_000, 2_000, null, "its cap of 2s of wall time")]
    [InlineData(700, null, 700, "its cap of 0.7s of processor time")]
    public void A_limit_should_end_the_run_at_the_first_tick_that_finds_it_passed(int passed, int? wall, int? cpu, string cause)
    {
        Start(Limits with { Wall = Milliseconds(wall), Cpu = Milliseconds(cpu) });
        for (var at = Period; at < Milliseconds(passed); at += Period)
            Tick();
        Assert.False(Prover.IsKilled);

        Tick();
        Assert.True(Prover.IsKilled);
        Prover.Dies();
        var report = ExpectMsg<RunEvents.Ended>().Report;
        Assert.Equal((new RunStop(StopReason.TimedOut, cause), Milliseconds(passed)), (report.Stop, report.Times.Killed));
    }

    [Fact]
    public void A_run_whose_time_is_up_when_it_is_received_should_never_have_a_process()
    {
        var tools = new RunnerTools("node", new FakePreparation(), _launcher, _ticks, _clock, TimeSpan.FromSeconds(1));
        var request = new RunRequest(RunnerParent.Start(Limits with { Deadline = TimeSpan.Zero }), CreateTestProbe(), _clock.GetTimestamp());
        Sys.ActorOf(Props.Create(() => new RunnerParent(request, tools, TestActor)));

        var report = ExpectMsg<RunEvents.Ended>().Report;
        Assert.Equal((new RunStop(StopReason.TimedOut, "the goal's deadline"), null), (report.Stop, report.Times.Started));
        Assert.Empty(_launcher.Started);
    }

    [Theory]
    [InlineData((1L << 30) + 1, 0, StopReason.MemoryOut)]
    [InlineData(0, (1L << 30) + 1, StopReason.OutputTooLarge)]
    public void What_a_sample_shows_should_end_the_run_at_the_very_tick_that_took_it(long rss, long output, StopReason reason)
    {
        Start(Limits);
        Tick();
        Prover.Now = new ProverSample(TimeSpan.Zero, rss, output, 1);
        Assert.False(Prover.IsKilled);

        Tick();
        Assert.True(Prover.IsKilled);
        Prover.Dies();
        Assert.Equal(reason, ExpectMsg<RunEvents.Ended>().Report.Stop!.Reason);
    }

    [Fact]
    public void Preempt_should_be_acted_on_at_the_next_tick_and_not_before()
    {
        var runner = Start(Limits);
        Tick();
        _clock.Advance(Period / 2);
        var looks = _clock.Looks;
        runner.Tell(new RunCommands.Preempt(RunnerParent.Start(Limits).Run, Lost));
        AwaitCondition(() => _clock.Looks > looks);
        Assert.False(Prover.IsKilled);

        _clock.Advance(Period / 2);
        TickNow();
        Assert.True(Prover.IsKilled);
        Prover.Dies();
        var times = ExpectMsg<RunEvents.Ended>().Report.Times;
        Assert.Equal((1.5 * Period, 2 * Period), (times.StopRequested, times.Killed));
    }

    private FakeProver Prover => _launcher.Started.Single();

    private IActorRef Start(RunLimits limits)
    {
        var tools = new RunnerTools("node", new FakePreparation(), _launcher, _ticks, _clock, TimeSpan.FromSeconds(1));
        var request = new RunRequest(RunnerParent.Start(limits), CreateTestProbe(), _clock.GetTimestamp());
        var parent = Sys.ActorOf(Props.Create(() => new RunnerParent(request, tools, TestActor)));
        AwaitCondition(() => _launcher.Started.Count == 1);
        return parent;
    }

    /// <summary>One period later a tick comes; the prover was busy all the time.</summary>
    private void Tick()
    {
        _clock.Advance(Period);
        Prover.Now = Prover.Now with { Cpu = Prover.Now.Cpu + Period };
        TickNow();
    }

    private void TickNow()
    {
        var taken = _ticks.Taken;
        _ticks.Tick();
        SpinWait.SpinUntil(() => _ticks.Taken > taken, TimeSpan.FromSeconds(30));
    }

    private static TimeSpan? Milliseconds(int? milliseconds) => milliseconds is { } known ? TimeSpan.FromMilliseconds(known) : null;

    /// <summary>Stands still until it is moved, and knows how often it was looked at.</summary>
    private sealed class LookedAtClock : TimeProvider
    {
        private long _ticks = 1_000_000;
        private int _looks;

        public int Looks => Volatile.Read(ref _looks);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            Interlocked.Increment(ref _looks);
            return Interlocked.Read(ref _ticks);
        }

        public void Advance(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
    }
}
