using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using static ProverCluster.Node.Tests.Goals.RaceScript;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>A node's times are since its receipt of a run, which the race does not see: what it makes of them cannot contradict it.</summary>
public sealed class RunClockSpec
{
    [Fact]
    public void A_loser_should_not_seem_killed_before_the_verdict_that_it_was_killed_for()
    {
        // The node was slow to take the request up: 80 ms.
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5");
        script.At(81).Told(new RunEvents.Started(Run("cvc5"), "node", Milliseconds(1)));
        script.At(100).Concludes("z3", Verdict.Proved);
        script.At(105).Ends("z3", Says(Verdict.Proved)).At(112).Ends("cvc5", Killed(requested: 21, killed: 30, reaped: 31));

        var times = script.Row("cvc5").Times;
        Assert.Equal((81, 110, 111), (times.Started!.Value.TotalMilliseconds, times.Killed!.Value.TotalMilliseconds, times.Reaped!.Value.TotalMilliseconds));
    }

    [Fact]
    public void The_quickest_report_should_say_best_when_the_node_had_the_request()
    {
        var script = new RaceScript(Strategy.Speculative, "z3");
        script.At(50).Told(new RunEvents.Started(Run("z3"), "node", Milliseconds(1)));
        script.At(62).Ends("z3", Killed(requested: 40, killed: 50, reaped: 60));

        Assert.Equal(3, script.Row("z3").Times.Started!.Value.TotalMilliseconds);
    }

    [Fact]
    public void No_time_of_a_run_should_be_before_it_was_asked_for()
    {
        var script = new RaceScript(Strategy.Speculative, "z3");
        script.At(10).Ends("z3", Killed(requested: 15, killed: 20, reaped: 25));

        Assert.Equal(20, script.Row("z3").Times.Killed!.Value.TotalMilliseconds);
    }

    private static RunReport Killed(double requested, double killed, double reaped) => new(
        new RunEnd.Signalled(9),
        new RunStop(StopReason.Preempted, "because"),
        RunSaying.Nothing,
        new RunTimes(Milliseconds(1), null, Milliseconds(requested), Milliseconds(killed), Milliseconds(reaped), Milliseconds(reaped)),
        RunUsage.None);

    private static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(value);
}
