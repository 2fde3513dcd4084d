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
        var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var phase in new[]
                 {
                     CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "cluster-leave", CoordinatedShutdown.PhaseBeforeServiceUnbind, "cluster-shutdown",
                     CoordinatedShutdown.PhaseServiceRequestsDone, "cluster-sharding-shutdown-region", "cluster-exiting-done", "cluster-exiting",
                 })
            shutdown.AddTask(phase, "note", Note(phase));

        Assert.Null(shutdown.ShutdownReason);
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Long);

        Assert.Equal(
            [
                "before-service-unbind", "service-requests-done", "cluster-sharding-shutdown-region", "cluster-leave", "cluster-exiting", "cluster-exiting-done",
                "cluster-shutdown", "before-actor-system-terminate",
            ],
            _done);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task Terminate_should_run_the_phases_too()
    {
        var system = Create();
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "note", Note("ran"));
        await system.Terminate().WaitAsync(Long);
        Assert.Equal(["ran"], _done);
    }

    [Fact]
    public async Task A_second_run_should_join_the_first()
    {
        var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "note", Note("ran"));
        await Task.WhenAll(shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance), shutdown.Run(CoordinatedShutdown.ClusterLeavingReason.Instance)).WaitAsync(Long);
        Assert.Equal(["ran"], _done);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task A_task_that_fails_or_hangs_should_not_keep_the_next_phase_from_running()
    {
        var system = Create("akka.coordinated-shutdown.phases.service-requests-done.timeout = 200ms");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "fails", () => throw new InvalidOperationException());
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "hangs", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "note", Note("ran"));
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Long);
        Assert.Equal(["ran"], _done);
    }

    [Fact]
    public async Task The_tasks_of_one_phase_should_run_together()
    {
        var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        var first = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "waits for the other", () => first.Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "frees it", () =>
        {
            first.SetResult(Done.Instance);
            return Task.FromResult(Done.Instance);
        });
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Long);
        Assert.True(first.Task.IsCompleted);
    }

    [Fact]
    public async Task A_run_from_a_later_phase_should_skip_the_ones_before()
    {
        var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "note", Note("skipped"));
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "note", Note("ran"));
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance, CoordinatedShutdown.PhaseBeforeActorSystemTerminate).WaitAsync(Long);
        Assert.Equal(["ran"], _done);
    }
}
