using System.Diagnostics;
using ProverCluster.Cli.Racing;

namespace ProverCluster.Cli.Tests.Racing;

public sealed class InterruptsSpec
{
    [Fact]
    public void The_first_interrupt_should_withdraw_and_the_second_leave()
    {
        var left = 0;
        using var interrupts = new Interrupts(() => left++, Timeout.InfiniteTimeSpan);
        interrupts.Interrupt();
        SpinWait.SpinUntil(() => interrupts.Withdraw.IsCancellationRequested, 60_000);
        Assert.True(interrupts.Withdraw.IsCancellationRequested);
        Assert.Equal((true, 0), (interrupts.Happened, left));
        interrupts.Interrupt();
        Assert.Equal(1, left);
    }

    [Fact]
    public async Task What_hangs_should_not_hold_up_the_last_resort_be_it_all_of_the_pool()
    {
        var isOfPool = new TaskCompletionSource<bool>();
        using var interrupts = new Interrupts(() => isOfPool.SetResult(Thread.CurrentThread.IsThreadPoolThread), TimeSpan.FromMilliseconds(1));
        interrupts.Interrupt();
        Assert.False(await isOfPool.Task);
    }

    [Fact]
    public async Task An_interrupt_should_print_what_finished_and_what_was_withdrawn_and_win_over_every_exit_value()
    {
        using var prove = new ProveHarness();
        prove.Races.Hold("2.smt2", "3.smt2");
        var run = prove.RunAsync("--parallel", "2", prove.File("1.smt2"), prove.File("2.smt2"), prove.File("3.smt2"), prove.File("4.smt2"));
        await prove.Races.WaitForAsync("3.smt2");
        prove.Interrupts!.Interrupt();
        Assert.Equal(130, await run);
        Assert.Equal(["proved", "withdrawn", "withdrawn", "withdrawn"], prove.Lines.Select(line => line.Split(' ')[0]));
        Assert.EndsWith("2.smt2: interrupted", prove.Lines[1]);
        Assert.EndsWith("4.smt2: interrupted before its race began", prove.Lines[3]);
    }

    [Fact]
    public async Task A_race_that_does_not_answer_should_not_hold_up_the_report()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { AreDeaf = true } };
        prove.Races.Hold("1.smt2");
        var run = prove.RunAsync(prove.File("1.smt2"));
        await prove.Races.WaitForAsync("1.smt2");
        var watch = Stopwatch.StartNew();
        prove.Interrupts!.Interrupt();
        Assert.Equal(130, await run);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 20_000);
        Assert.EndsWith("1.smt2: interrupted, and its race did not end in time", Assert.Single(prove.Lines));
    }
}
