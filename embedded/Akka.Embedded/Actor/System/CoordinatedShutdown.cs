namespace Akka.Actor;

/// <summary>
/// The end of a system in phases, each with a time of its own. The tasks of a phase run together; a phase that fails or takes too long
/// is logged and the next one begins.
/// </summary>
public sealed class CoordinatedShutdown
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    internal const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    internal const string PhaseClusterExiting = "cluster-exiting";
    internal const string PhaseClusterExitingDone = "cluster-exiting-done";
    internal const string PhaseClusterShutdown = "cluster-shutdown";
    private const string PhaseActorSystemTerminate = "actor-system-terminate";

    private static readonly string[] Order =
    [
        PhaseBeforeServiceUnbind, PhaseServiceRequestsDone, PhaseClusterShardingShutdownRegion, PhaseClusterLeave, PhaseClusterExiting,
        PhaseClusterExitingDone, PhaseClusterShutdown, PhaseBeforeActorSystemTerminate, PhaseActorSystemTerminate,
    ];

    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Run)>> _tasks = Order.ToDictionary(phase => phase, _ => new List<(string, Func<Task<Done>>)>());
    private readonly ActorSystem _system;
    private readonly Config _config;
    private Task<Done> _running;

    internal CoordinatedShutdown(ActorSystem system)
    {
        _system = system;
        _config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
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
        lock (_tasks) _tasks[phase].Add((taskName, task));
    }

    /// <summary>Begins once; a second call joins the first and its reason does not count.</summary>
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        lock (_tasks)
        {
            if (_running is not null) return _running;
            ShutdownReason = reason;
            var phases = Order.SkipWhile(p => fromPhase is not null && p != fromPhase).ToList();
            return _running = Task.Run(() => RunPhases(phases));
        }
    }

    internal TimeSpan Timeout(string phase) => _config.GetTimeSpan($"phases.{phase}.timeout", _config.GetTimeSpan("default-phase-timeout"));

    private async Task<Done> RunPhases(List<string> phases)
    {
        foreach (var phase in phases)
        {
            List<(string Name, Func<Task<Done>> Run)> tasks;
            lock (_tasks) tasks = [.. _tasks[phase]];
            try
            {
                await Task.WhenAll(tasks.Select(t => RunTask(phase, t.Name, t.Run))).WaitAsync(Timeout(phase)).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                _system.Log.Log(LogLevel.WarningLevel, null, $"Coordinated shutdown phase [{phase}] timed out after {Timeout(phase)}");
            }
        }
        return Done.Instance;
    }

    private async Task RunTask(string phase, string name, Func<Task<Done>> run)
    {
        try
        {
            // Off this thread: a task that blocks before its first await must not keep the others of its phase waiting.
            await Task.Run(run).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _system.Log.Log(LogLevel.ErrorLevel, e, $"Task [{name}] failed in phase [{phase}]");
        }
    }

    /// <summary>Why a system ends, for those who are asked to help with it.</summary>
    public class Reason
    {
        internal Reason() { }
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
