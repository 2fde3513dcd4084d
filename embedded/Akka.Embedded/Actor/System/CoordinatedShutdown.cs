namespace Akka.Actor;

/// <summary>
/// The end of a system in phases, each with a time of its own. The tasks of a phase run together; a phase that fails or takes too long
/// is logged and the next one begins, unless its <c>recover</c> is off.
/// </summary>
public sealed class CoordinatedShutdown
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private static readonly string[] Order =
    [
        PhaseBeforeServiceUnbind, PhaseServiceUnbind, PhaseServiceRequestsDone, PhaseServiceStop, PhaseBeforeClusterShutdown,
        PhaseClusterShardingShutdownRegion, PhaseClusterLeave, PhaseClusterExiting, PhaseClusterExitingDone, PhaseClusterShutdown,
        PhaseBeforeActorSystemTerminate, PhaseActorSystemTerminate,
    ];

    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Run)>> _tasks = [];
    private readonly ActorSystem _system;
    private readonly Config _config;
    private Task<Done> _running;

    internal CoordinatedShutdown(ActorSystem system)
    {
        _system = system;
        _config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
        if (!_config.GetBoolean("terminate-actor-system")) return;
        AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
        {
            await system.FinalTerminate().ConfigureAwait(false);
            return Done.Instance;
        });
    }

    /// <summary>Null until a shutdown has begun.</summary>
    public Reason ShutdownReason { get; private set; }
    public static CoordinatedShutdown Get(ActorSystem sys) => sys.CoordinatedShutdown;

    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!Order.Contains(phase)) throw new ConfigurationException($"'{phase}' is not a phase; {string.Join(", ", Order)} are.");
        lock (_tasks)
        {
            if (!_tasks.TryGetValue(phase, out var tasks)) _tasks[phase] = tasks = [];
            tasks.Add((taskName, task));
        }
    }

    public TimeSpan Timeout(string phase) =>
        _config.GetTimeSpan($"phases.{phase}.timeout", _config.GetTimeSpan("default-phase-timeout"));

    /// <summary>Begins once; a second call joins the first and its reason does not count.</summary>
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        lock (_tasks)
        {
            if (_running is not null) return _running;
            ShutdownReason = reason;
            var phases = fromPhase is null ? Order : [.. Order.SkipWhile(p => p != fromPhase)];
            return _running = Task.Run(() => RunPhases(phases));
        }
    }

    private async Task<Done> RunPhases(string[] phases)
    {
        foreach (var phase in phases)
        {
            List<(string Name, Func<Task<Done>> Run)> tasks;
            lock (_tasks) tasks = [.. _tasks.GetValueOrDefault(phase) ?? []];
            var recover = _config.GetBoolean($"phases.{phase}.recover", true);
            try
            {
                await Task.WhenAll(tasks.Select(t => RunTask(phase, t.Name, t.Run, recover))).WaitAsync(Timeout(phase)).ConfigureAwait(false);
            }
            catch (TimeoutException) when (recover)
            {
                _system.Log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase, Timeout(phase));
            }
        }
        return Done.Instance;
    }

    private async Task RunTask(string phase, string name, Func<Task<Done>> run, bool recover)
    {
        try
        {
            // Off this thread: a task that blocks before its first await must not keep the others of its phase waiting.
            await Task.Run(run).ConfigureAwait(false);
        }
        catch (Exception e) when (recover)
        {
            _system.Log.Error(e, "Task [{0}] failed in phase [{1}]", name, phase);
        }
    }

    /// <summary>Why a system ends, for those who are asked to help with it.</summary>
    public class Reason
    {
        protected Reason() { }
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();
        private ActorSystemTerminateReason() { }
    }

    public class ClusterLeavingReason : Reason
    {
        public static readonly Reason Instance = new ClusterLeavingReason();
        private ClusterLeavingReason() { }
    }

    public class ClusterDowningReason : Reason
    {
        public static readonly Reason Instance = new ClusterDowningReason();
        private ClusterDowningReason() { }
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();
        private ClrExitReason() { }
    }
}
