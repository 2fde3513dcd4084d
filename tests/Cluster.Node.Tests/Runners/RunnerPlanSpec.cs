using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node.Tests.Runners;

public sealed class RunnerPlanSpec
{
    private const long MiB = 1 << 20;

    private static readonly RunLimits Limits = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), 100 * MiB, 10 * MiB, KeepOutput: false);
    private static readonly ProverSample Idle = new(TimeSpan.Zero, 0, 0, 1);
    private static readonly RunSaying Proof = new(Verdict.Proved, SzsStatus.Unsatisfiable);
    private static readonly RunStop Lost = new(StopReason.Preempted, "cvc5 proved the goal");
    private static readonly RunEnd Clean = new RunEnd.Exited(0);

    [Theory]
    [InlineData(10_000, 0, 0, 0, StopReason.TimedOut, "the goal's deadline")]
    [InlineData(6_000, 0, 0, 0, StopReason.TimedOut, "its cap of 5s of wall time")]
    [InlineData(1_100, 3_000, 0, 0, StopReason.TimedOut, "its cap of 3s of processor time")]
    [InlineData(1_100, 0, (100 * MiB) + 1, 0, StopReason.MemoryOut, "its cap of 100 MiB of memory")]
    [InlineData(1_100, 0, 0, (10 * MiB) + 1, StopReason.OutputTooLarge, "its cap of 10 MiB of output")]
    public void A_passed_limit_should_stop_the_run_at_the_tick_with_its_cause(double at, double cpu, long rss, long output, StopReason reason, string cause)
    {
        var plan = Started().OnTick(new ProverSample(Ms(cpu), rss, output, 1), Ms(at));

        Assert.Equal(new RunStop(reason, cause), plan.Stopped);
        Assert.Equal(Ms(at), plan.Killed);
    }

    [Fact]
    public void A_run_within_its_limits_should_go_on()
    {
        var sample = new ProverSample(TimeSpan.FromSeconds(2.9), 100 * MiB, 10 * MiB, 1);

        Assert.Null(Started().OnTick(sample, Ms(5_999)).Stopped);
    }

    [Fact]
    public void Preempt_should_set_a_flag_that_the_next_tick_acts_on()
    {
        var flagged = Started().OnPreempt(Lost, Ms(1_003));
        Assert.Null(flagged.Stopped);

        var killed = flagged.OnTick(Idle, Ms(1_010));
        Assert.Equal((Lost, Ms(1_003), Ms(1_010)), (killed.Stopped, killed.StopRequested, killed.Killed));
    }

    [Fact]
    public void The_first_reason_should_stay()
    {
        var plan = Started().OnPreempt(Lost, Ms(1_003)).OnPreempt(new RunStop(StopReason.Withdrawn, "late"), Ms(1_004)).OnTick(Idle, Ms(1_010));

        Assert.Equal(Lost, plan.Stopped);
        Assert.Equal(Lost, plan.OnTick(Idle, Ms(20_000)).Stopped);
    }

    [Fact]
    public void A_verdict_between_Preempt_and_the_kill_should_count()
    {
        var plan = Started().OnPreempt(Lost, Ms(1_003)).OnConcluded(Proof, Ms(1_005)).OnTick(Idle, Ms(1_010));

        Assert.Equal(Verdict.Proved, plan.Report(new RunEnd.Signalled(9), RunSaying.Nothing, RunUsage.None, Ms(1_012)).Said.Verdict);
    }

    [Fact]
    public void A_verdict_after_the_kill_should_not_count()
    {
        var plan = Started().OnPreempt(Lost, Ms(1_003)).OnTick(Idle, Ms(1_010)).OnConcluded(Proof, Ms(1_011));

        Assert.Equal(Verdict.Unknown, plan.Report(new RunEnd.Signalled(9), Proof, RunUsage.None, Ms(1_012)).Said.Verdict);
    }

    [Fact]
    public void A_run_that_ended_before_the_tick_should_not_be_stopped()
    {
        var plan = Started().OnEnded(Ms(1_004)).OnPreempt(Lost, Ms(1_005)).OnTick(Idle, Ms(1_010));

        var report = plan.Report(Clean, Proof, RunUsage.None, Ms(1_006));
        Assert.Null(report.Stop);
        Assert.Equal((Verdict.Proved, Ms(1_004)), (report.Said.Verdict, report.Times.Verdict));
    }

    [Fact]
    public void A_run_that_is_preempted_before_it_has_a_process_should_be_stopped_at_the_tick()
    {
        var plan = new RunnerPlan(Limits, TimeSpan.FromSeconds(1)).OnPreempt(Lost, Ms(1)).OnTick(Idle, Ms(10));

        var report = plan.Report(new RunEnd.NeverStarted(NoStart.Stopped, "killed first"), RunSaying.Nothing, RunUsage.None, Ms(11));
        Assert.Equal((Lost, null, null), (report.Stop, report.Times.Started, report.Times.Ended));
    }

    [Fact]
    public void A_winner_should_have_time_to_end_by_itself_but_not_more()
    {
        var plan = Started().OnConcluded(Proof, Ms(1_100)).OnFinish(Ms(1_101));

        Assert.Null(plan.OnTick(Idle, Ms(2_100)).Stopped);
        Assert.Equal(StopReason.Preempted, plan.OnTick(Idle, Ms(2_101)).Stopped?.Reason);
    }

    [Fact]
    public void A_wanted_model_should_be_waited_for_until_the_deadline()
    {
        var plan = new RunnerPlan(Limits with { KeepOutput = true, Wall = null }, TimeSpan.FromSeconds(1)).OnStarted(Ms(1_000)).OnFinish(Ms(1_101));

        Assert.Null(plan.OnTick(Idle, Ms(9_999)).Stopped);
        Assert.NotNull(plan.OnTick(Idle, Ms(10_000)).Stopped);
    }

    private static RunnerPlan Started() => new RunnerPlan(Limits, TimeSpan.FromSeconds(1)).OnStarted(Ms(1_000));

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
