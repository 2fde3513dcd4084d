using System.Net;
using Akka.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Store.Postgres;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Configuration;

/// <summary>Everything a node can be told, read once and checked. What each key means stands in <c>hocon/prover-cluster.conf</c>.</summary>
/// <param name="Tick">The runners' own pace: a loser is dead one of these after its race is decided.</param>
/// <param name="Slots">Runs at once; null for "auto", until <see cref="MemoryFit"/> has settled it.</param>
/// <param name="QueueLimit">Goals that may wait for a slot of a node.</param>
/// <param name="Goals">What a goal may use unless it says otherwise.</param>
/// <param name="Runs">What one run may use.</param>
/// <param name="Sandbox">How provers are kept from everything else.</param>
/// <param name="Place">Where the node stands in a cluster, if it is in one.</param>
/// <param name="Drain">How it stops.</param>
/// <param name="Records">What is kept of goals that came over a public interface.</param>
/// <param name="Store">Where what outlives the node is kept.</param>
/// <param name="Cache">How many verdicts are kept to be had again.</param>
/// <param name="Http">Where and how it answers over HTTP.</param>
/// <param name="Telemetry">How it tells what it does.</param>
/// <param name="Akka">The <c>akka</c> block, for the actor system.</param>
public sealed record NodeSettings(
    TimeSpan Tick,
    int? Slots,
    int QueueLimit,
    GoalSettings Goals,
    RunSettings Runs,
    SandboxSettings Sandbox,
    ClusterPlace Place,
    DrainSettings Drain,
    RecordSettings Records,
    StoreSettings Store,
    CacheSettings Cache,
    HttpSettings Http,
    TelemetrySettings Telemetry,
    Config Akka)
{
    /// <exception cref="SettingsException">A key is unknown, or its value is not what is wanted.</exception>
    public static NodeSettings Read(SettingsFiles files) => NodeSettingsReader.Read(files);

    /// <summary>How the log is to be written, as far as that can be read whatever else is wrong; never fails.</summary>
    public static LogFormat LogOf(SettingsFiles files) => NodeSettingsReader.LogOf(files);
}

/// <param name="Timeout">A goal's deadline, from its acceptance.</param>
/// <param name="Parallel">Goals at once; null for "auto", which is the number of processors; 0 and 1 are both one at a time.</param>
/// <param name="MaxTextBytes">The longest text of one goal's file.</param>
/// <param name="Priority">Who waits for a slot with a higher one is served first.</param>
public sealed record GoalSettings(TimeSpan Timeout, int? Parallel, long MaxTextBytes, int Priority)
{
    /// <summary>Why a text of so many bytes is not taken, in one sentence; null if it is.</summary>
    public string? Refuse(long bytes) => bytes <= MaxTextBytes ? null : FormattableString.Invariant($"the goal has {bytes:N0} bytes and may have {MaxTextBytes:N0} (goals.max-text)");
}

/// <param name="Timeout">A cap on each run's own time; null for none.</param>
/// <param name="Cpu">A cap on the processor time of a run's processes together; null for none.</param>
/// <param name="MemoryBytes">A cap on the resident memory of a run's processes together.</param>
/// <param name="OutputBytes">The most that a run may print.</param>
/// <param name="FolderBytes">The most that a run's private folder may hold.</param>
/// <param name="VerdictLinger">How long a winner may take to end by itself after its verdict.</param>
public sealed record RunSettings(
    TimeSpan? Timeout,
    TimeSpan? Cpu,
    long MemoryBytes,
    long OutputBytes,
    long FolderBytes,
    TimeSpan VerdictLinger);

/// <param name="Mode">Whether provers must run in a sandbox.</param>
/// <param name="Bubblewrap">The program that makes it: a name on PATH or an absolute path.</param>
public sealed record SandboxSettings(SandboxMode Mode, string Bubblewrap);

/// <param name="Grace">How long the runs of a node that is told to stop may go on.</param>
public sealed record DrainSettings(TimeSpan Grace);

/// <param name="MostOpen">Goals on one node that are not settled.</param>
/// <param name="MostOpenTextBytes">The texts of those goals together.</param>
/// <param name="KeepFor">How long a settled goal can be asked for.</param>
/// <param name="KeepMost">Settled goals that one node keeps.</param>
public sealed record RecordSettings(int MostOpen, long MostOpenTextBytes, TimeSpan KeepFor, int KeepMost);

/// <param name="Folder">The whole path of a folder, for a node alone; null for none.</param>
/// <param name="Url">A server, for all nodes of a cluster; null for none. Never both.</param>
/// <param name="KeepSettled">How long a settled goal is kept.</param>
public sealed record StoreSettings(string? Folder, PostgresUrl? Url, TimeSpan KeepSettled)
{
    /// <summary>Whether no other node may join the one that has it.</summary>
    public bool IsForOneNode => Folder is not null;

    /// <summary>The same for a node that keeps nothing.</summary>
    public StoreSettings Without() => this with { Folder = null, Url = null };
}

/// <param name="KeepFor">How long a verdict is kept.</param>
/// <param name="KeepMost">How many.</param>
/// <param name="KeepBytes">Their bytes together.</param>
public sealed record CacheSettings(TimeSpan KeepFor, int KeepMost, long KeepBytes);

/// <param name="Port">Where it listens; 0 for one that is free, null for nowhere.</param>
/// <param name="Host">The address it listens on.</param>
/// <param name="IsInsecure">Whether everybody who can reach it may come in.</param>
/// <param name="Tokens">The file that says who may; null for none.</param>
/// <param name="Kestrel">The file with the server's own settings, its certificate above all; null for none.</param>
/// <param name="MaxBodyBytes">The longest body.</param>
/// <param name="MaxBodiesBytes">All bodies and long outputs that are held at once.</param>
/// <param name="MaxHeaderBytes">All headers of a request together.</param>
/// <param name="HeaderTimeout">How long a client may take to send them.</param>
/// <param name="IdleTimeout">How long a connection may rest before a request.</param>
/// <param name="MaxConnections">Open connections.</param>
/// <param name="MaxRequests">Requests that are being answered, but for those that stay.</param>
/// <param name="MaxStreams">Requests that stay for as long as a goal takes.</param>
/// <param name="KeepAlive">How often a quiet stream says something.</param>
/// <param name="BatchParallel">Goals of one batch that are raced at once.</param>
public sealed record HttpSettings(
    int? Port,
    string Host,
    bool IsInsecure,
    string? Tokens,
    bool HasOpenMetrics,
    string? Kestrel,
    long MaxBodyBytes,
    long MaxBodiesBytes,
    int MaxHeaderBytes,
    TimeSpan HeaderTimeout,
    TimeSpan IdleTimeout,
    int MaxConnections,
    int MaxRequests,
    int MaxStreams,
    TimeSpan KeepAlive,
    int BatchParallel)
{
    /// <summary>Whether nobody but this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(IPAddress.Parse(Host));
}

/// <param name="Log">How lines of the log are written.</param>
public sealed record TelemetrySettings(LogFormat Log);

public enum SandboxMode
{
    /// <summary>In the sandbox where the machine can do it, else in the fallback, which says so.</summary>
    Auto,

    /// <summary>In the sandbox, or the node does not start.</summary>
    Required,

    /// <summary>Always in the fallback.</summary>
    Off,
}
