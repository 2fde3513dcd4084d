using ProverCluster.Messages.Goals;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Configuration;

/// <summary>The range of every limit, for configuration and command line alike. Why they are so stands in <c>hocon/prover-cluster.conf</c>.</summary>
public static class Limits
{
    public static readonly DurationRange Tick = new("1ms", "1s");
    public static readonly CountRange Slots = new(1, 1024);
    public static readonly CountRange Nodes = new(1, 64);
    public static readonly CountRange QueueLimit = new(1, 1_000_000);

    public static readonly DurationRange GoalTimeout = new("10ms", "7d");
    public static readonly CountRange Parallel = new(0, 1024);
    public static readonly SizeRange MaxText = new("1KiB", "64MiB");

    public static readonly DurationRange RunTimeout = new("10ms", "7d");
    public static readonly DurationRange RunCpu = new("10ms", "7d");
    public static readonly SizeRange RunMemory = new("16MiB", "1TiB");
    public static readonly SizeRange RunOutput = new("1KiB", "16GiB");
    public static readonly SizeRange FolderSize = new("1MiB", "64GiB");
    public static readonly DurationRange VerdictLinger = new("0s", "1h");

    public static readonly CountRange Priority = new(-100, 100);

    public static readonly HostName Host = new();
    public static readonly CountRange Port = new(0, 65_535);
    public static readonly NodeAddress Seed = new();
    public static readonly DurationRange DrainGrace = new("0s", "1h");

    public static readonly CountRange MostOpen = new(1, 1_000_000);
    public static readonly SizeRange MostOpenText = new("1MiB", "1TiB");
    public static readonly DurationRange KeepFor = new("10s", "7d");
    public static readonly CountRange KeepMost = new(100, 1_000_000);

    public static readonly DurationRange KeepSettled = new("1m", "3650d");
    public static readonly DurationRange CacheFor = new("1m", "3650d");
    public static readonly CountRange CacheMost = new(1, 10_000_000);
    public static readonly SizeRange CacheSize = new("1MiB", "1TiB");

    public static readonly ListenAddress HttpHost = new();
    public static readonly Choice<bool> OnOrOff = new(("on", true), ("off", false));
    public static readonly CountRange MostOpenOfToken = new(1, 1000);
    public static readonly SizeRange MaxBody = new("1KiB", "128MiB");
    public static readonly SizeRange MaxBodies = new("1MiB", "64GiB");
    public static readonly SizeRange MaxHeaders = new("4KiB", "1MiB");
    public static readonly DurationRange HeaderTimeout = new("100ms", "10m");
    public static readonly DurationRange IdleTimeout = new("1s", "1h");
    public static readonly CountRange MaxConnections = new(1, 100_000);
    public static readonly CountRange MaxRequests = new(1, 100_000);
    public static readonly CountRange MaxStreams = new(1, 100_000);
    public static readonly DurationRange KeepAlive = new("100ms", "10m");
    public static readonly CountRange BatchParallel = new(1, 10_000);

    public static readonly Choice<string> Role = new([.. NodeRoles.All.Select(role => (role, role))]);

    public static readonly ProgramName Program = new();

    public static readonly Choice<SandboxMode> SandboxMode = new(
        ("auto", Configuration.SandboxMode.Auto),
        ("required", Configuration.SandboxMode.Required),
        ("off", Configuration.SandboxMode.Off));

    public static readonly Choice<LogFormat> LogFormat = new(("text", Telemetry.LogFormat.Text), ("json", Telemetry.LogFormat.Json));

    public static readonly Choice<Strategy> Strategy = new(
        ("speculative", Messages.Goals.Strategy.Speculative),
        ("sequential", Messages.Goals.Strategy.Sequential),
        ("best-of", Messages.Goals.Strategy.BestOf));
}
