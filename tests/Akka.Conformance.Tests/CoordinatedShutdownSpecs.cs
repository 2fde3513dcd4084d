using System.Collections.Concurrent;

namespace Akka.Conformance;

public sealed class CoordinatedShutdownSpecs
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _done = new();

    private static ActorSystem Create(string config = "") =>
        ActorSystem.Create("shutdown", ConfigurationFactory.ParseString(config).WithFallback("akka.loglevel = OFF, akka.stdout-loglevel = OFF"));

    private Func<Task<Done>> Note(string what) => () =>
    {
        _done.Enqueue(what);
        return Task.FromResult(Done.Instance);
    };

    [Fact]
    public async Task Phases_should_run_in_their_order_and_end_the_system()
    {
        using var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var phase in new[]
                 {
                     CoordinatedShutdown.PhaseBeforeActorSystemTerminate, CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseClusterLeave,
                     CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseBeforeClusterShutdown, CoordinatedShutdown.PhaseServiceUnbind,
                     CoordinatedShutdown.PhaseClusterShutdown, CoordinatedShutdown.PhaseServiceRequestsDone,
                     CoordinatedShutdown.PhaseClusterShardingShutdownRegion, CoordinatedShutdown.PhaseClusterExitingDone, CoordinatedShutdown.PhaseClusterExiting,
                 })
            shutdown.AddTask(phase, "note", Note(phase));

        Assert.Null(shutdown.ShutdownReason);
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Long);

        Assert.Equal(
            [
                "before-service-unbind", "service-unbind", "service-requests-done", "service-stop", "before-cluster-shutdown",
                "cluster-sharding-shutdown-region", "cluster-leave", "cluster-exiting", "cluster-exiting-done", "cluster-shutdown",
                "before-actor-system-terminate",
            ],
            _done);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task Terminate_should_run_the_phases_too()
    {
        using var system = Create();
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note("ran"));
        await system.Terminate().WaitAsync(Long);
        Assert.Equal(["ran"], _done);
        Assert.Same(CoordinatedShutdown.ActorSystemTerminateReason.Instance, CoordinatedShutdown.Get(system).ShutdownReason);
    }

    [Fact]
    public async Task Terminate_should_not_run_the_phases_when_told_so()
    {
        using var system = Create("akka.coordinated-shutdown.run-by-actor-system-terminate = off");
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note("ran"));
        await system.Terminate().WaitAsync(Long);
        Assert.Empty(_done);
    }

    [Fact]
    public async Task A_second_run_should_join_the_first()
    {
        using var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note("ran"));
        await Task.WhenAll(shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance), shutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance)).WaitAsync(Long);
        Assert.Equal(["ran"], _done);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task A_task_that_fails_or_hangs_should_not_keep_the_next_phase_from_running()
    {
        using var system = Create("akka.coordinated-shutdown.phases.service-unbind.timeout = 200ms");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "fails", () => throw new InvalidOperationException());
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "hangs", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note("ran"));
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Long);
        Assert.Equal(["ran"], _done);
    }

    [Fact]
    public async Task The_tasks_of_one_phase_should_run_together()
    {
        using var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        var first = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "waits for the other", () => first.Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "frees it", () =>
        {
            first.SetResult(Done.Instance);
            return Task.FromResult(Done.Instance);
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeClusterShutdown, "note", Note(first.Task.IsCompleted.ToString()));
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Long);
        Assert.True(first.Task.IsCompleted);
    }

    [Fact]
    public async Task A_run_from_a_later_phase_should_skip_the_ones_before()
    {
        using var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "note", Note("skipped"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note("ran"));
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance, CoordinatedShutdown.PhaseServiceStop).WaitAsync(Long);
        Assert.Equal(["ran"], _done);
    }

    [Fact]
    public void Each_phase_should_have_a_time_of_its_own()
    {
        using var system = Create("akka.coordinated-shutdown.phases.service-stop.timeout = 42s");
        var shutdown = CoordinatedShutdown.Get(system);
        Assert.Equal(TimeSpan.FromSeconds(42), shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop));
        Assert.Equal(TimeSpan.FromSeconds(5), shutdown.Timeout(CoordinatedShutdown.PhaseServiceUnbind));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout(CoordinatedShutdown.PhaseActorSystemTerminate));
        Assert.Throws<ConfigurationException>(() => shutdown.AddTask("no-such-phase", "x", Note("x")));
    }
}
