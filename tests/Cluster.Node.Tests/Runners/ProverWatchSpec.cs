using Akka.Actor;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Backends.Readings;
using ProverCluster.Node.Provers.Launching;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node.Tests.Runners;

/// <summary>A defect in a reading costs the run its verdict; the run ends all the same.</summary>
public sealed class ProverWatchSpec : TestKit
{
    public static TheoryData<string> Places => ["Stdout", "IsConclusive", "Conclude", "Conclude at the end"];

    [Theory, MemberData(nameof(Places))]
    public void A_reading_that_throws_should_be_told_as_an_error_of_its_run(string place)
    {
        // As the launcher has it: what throws there is not told to the observer again.
        var watch = new GuardedObserver(new ProverWatch(new Throws(place), TestActor, new ManualClock()), static () => Assert.Fail("it threw at the launcher"));
        watch.Started();
        ExpectMsg<ProverStarted>();
        watch.Printed(Node.Provers.ProverStream.Stdout, "unsat"u8);
        watch.Drained();
        watch.Ended();
        watch.Reaped(new RunEnd.Exited(0), RunUsage.None);

        if (place == "Conclude at the end")
            ExpectMsg<ProverConcluded>();
        ExpectMsg<ProverEnded>();
        Assert.Equal(
            RunSaying.Nothing with { Szs = SzsStatus.Error, Fault = $"its output could not be read: InvalidOperationException: a defect in {place}" },
            ExpectMsg<ProverReaped>().Saying);
    }

    [Theory, MemberData(nameof(Places))]
    public void The_runner_should_report_its_end_all_the_same(string place)
    {
        var launcher = new FakeLauncher();
        var tools = new RunnerTools("node", new Broken(place), launcher, new HandTicks(), TimeProvider.System, TimeSpan.FromSeconds(1));
        var start = RunnerParent.Start(new RunLimits(TimeSpan.FromSeconds(60), null, null, 1 << 30, 1 << 30, KeepOutput: false));
        var request = new RunRequest(start, CreateTestProbe(), TimeProvider.System.GetTimestamp());
        Sys.ActorOf(Props.Create(() => new RunnerParent(request, tools, TestActor)));

        AwaitAssert(() => Assert.True(launcher.Started.Count == 1));
        launcher.Started[0].Prints("unsat");
        launcher.Started[0].Ends();

        var report = ExpectMsg<RunEvents.Ended>().Report;
        Assert.Equal(new RunEnd.Exited(0), report.End);
        // What was concluded, and may have decided the race by now, is not taken back.
        Assert.Equal(place == "Conclude at the end" ? Verdict.Proved : Verdict.Unknown, report.Said.Verdict);
    }

    /// <summary>Proves everything at once, but for the place where it throws.</summary>
    private sealed class Throws(string place) : IOutputReading
    {
        public bool IsConclusive => At("IsConclusive", true);

        public void Stdout(ReadOnlySpan<byte> bytes) => At("Stdout", true);

        public void Stderr(ReadOnlySpan<byte> bytes)
        {
        }

        public void Result(ReadOnlySpan<byte> bytes)
        {
        }

        public RunSaying Conclude(RunEnd? end) =>
            At(end is null ? "Conclude" : "Conclude at the end", new RunSaying(Verdict.Proved, SzsStatus.Unsatisfiable));

        private T At<T>(string here, T value) => here == place ? throw new InvalidOperationException($"a defect in {place}") : value;
    }

    private sealed class Broken(string place) : IRunPreparation
    {
        public PreparedRun Prepare(RunCommands.Start start) =>
            new FakePreparation().Prepare(start) with { Reading = new Throws(place) };
    }
}
