using ProverCluster.Node.Membership;
using ProverCluster.Node.Store.Postgres;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Configuration;

/// <summary>From keys to records.</summary>
internal static class NodeSettingsReader
{
    public static NodeSettings Read(SettingsFiles files)
    {
        var root = files.OurBlock();
        var settings = new NodeSettings(
            root.Read("tick", Limits.Tick),
            root.ReadOr("slots", "auto", Limits.Slots),
            root.Read("queue-limit", Limits.QueueLimit),
            Goals(root.Block("goals")),
            Runs(root.Block("runs")),
            Sandbox(root.Block("sandbox")),
            Place(root.Block("cluster")),
            Drain(root.Block("drain")),
            Records(root.Block("records")),
            Store(root.Block("store")),
            Cache(root.Block("cache")),
            Http(root.Block("http")),
            Telemetry(root.Block("telemetry")),
            files.Akka());
        root.Block("backends");
        root.RefuseUnknown();
        AkkaKeys.Check(files.AkkaBlock());
        return settings;
    }

    public static LogFormat LogOf(SettingsFiles files)
    {
        try
        {
            return files.OurBlock().Block("telemetry").Read("log", Limits.LogFormat);
        }
        catch (SettingsException)
        {
            // Told when all of it is read.
            return LogFormat.Text;
        }
    }

    private static GoalSettings Goals(SettingsReader goals)
    {
        var settings = new GoalSettings(
            goals.Read("timeout", Limits.GoalTimeout),
            goals.ReadOr("parallel", "auto", Limits.Parallel),
            goals.Read("max-text", Limits.MaxText),
            goals.Read("priority", Limits.Priority));
        goals.RefuseUnknown();
        return settings;
    }

    private static RunSettings Runs(SettingsReader runs)
    {
        var settings = new RunSettings(
            runs.ReadOr("timeout", "none", Limits.RunTimeout),
            runs.ReadOr("cpu", "none", Limits.RunCpu),
            runs.Read("memory", Limits.RunMemory),
            runs.Read("output-limit", Limits.RunOutput),
            runs.Read("folder-size", Limits.FolderSize),
            runs.Read("verdict-linger", Limits.VerdictLinger));
        runs.RefuseUnknown();
        return settings;
    }

    private static SandboxSettings Sandbox(SettingsReader sandbox)
    {
        var settings = new SandboxSettings(
            sandbox.Read("mode", Limits.SandboxMode),
            sandbox.Read("bubblewrap", Limits.Program));
        sandbox.RefuseUnknown();
        return settings;
    }

    private static ClusterPlace Place(SettingsReader cluster)
    {
        var place = new ClusterPlace(
            cluster.Read("host", Limits.Host),
            cluster.Read("port", Limits.Port),
            cluster.ReadList("seeds", Limits.Seed),
            cluster.ReadList("roles", Limits.Role));
        cluster.RefuseUnknown();
        return place with { IsChosen = cluster.IsLaidOver };
    }

    private static DrainSettings Drain(SettingsReader drain)
    {
        var settings = new DrainSettings(drain.Read("grace", Limits.DrainGrace));
        drain.RefuseUnknown();
        return settings;
    }

    private static RecordSettings Records(SettingsReader records)
    {
        var settings = new RecordSettings(
            records.Read("most-open", Limits.MostOpen),
            records.Read("most-open-text", Limits.MostOpenText),
            records.Read("keep-for", Limits.KeepFor),
            records.Read("keep-most", Limits.KeepMost));
        records.RefuseUnknown();
        return settings;
    }

    private static StoreSettings Store(SettingsReader store)
    {
        var settings = new StoreSettings(
            store.ReadPathOr("folder", "none"),
            store.Optional("url") is { } url ? Url(url) : throw store.Missing("url", $"'none', or {PostgresUrl.Wanted}"),
            store.Read("keep-settled", Limits.KeepSettled));
        store.RefuseUnknown();
        // As a path it has lost a slash already; and it is not quoted, since a password may be in it.
        if (settings.Folder?.Contains("postgres:/", StringComparison.Ordinal) == true)
            throw new SettingsException($"{store.Optional("folder")!.Place} is the address of a server, but the path of a folder is wanted; store.url takes a server");
        return settings is { Folder: not null, Url: not null }
            ? throw new SettingsException($"{store.Optional("url")!.Place} is a second place beside store.folder, but one place is wanted: a folder for one node alone, or a server for several")
            : settings;
    }

    // Not quoted: a password may be in it.
    private static PostgresUrl? Url(Setting setting) =>
        setting.Text == "none" ? null
        : PostgresUrl.TryParse(setting.Text ?? "", out var url, out var why) ? url
        : throw new SettingsException($"{setting.Place}: {why}, but 'none', or {PostgresUrl.Wanted.TrimEnd(',')}, in quotes, is wanted");

    private static CacheSettings Cache(SettingsReader cache)
    {
        var settings = new CacheSettings(
            cache.Read("keep-for", Limits.CacheFor),
            cache.Read("keep-most", Limits.CacheMost),
            cache.Read("keep-size", Limits.CacheSize));
        cache.RefuseUnknown();
        return settings;
    }

    private static TelemetrySettings Telemetry(SettingsReader telemetry)
    {
        var settings = new TelemetrySettings(telemetry.Read("log", Limits.LogFormat));
        telemetry.RefuseUnknown();
        return settings;
    }

    private static HttpSettings Http(SettingsReader http)
    {
        var settings = new HttpSettings(
            http.ReadOr("port", "off", Limits.Port),
            http.Read("host", Limits.HttpHost),
            http.Read("insecure", Limits.OnOrOff),
            http.ReadPathOr("tokens", "none"),
            http.Read("open-metrics", Limits.OnOrOff),
            http.ReadPathOr("kestrel", "none"),
            http.Read("max-body", Limits.MaxBody),
            http.Read("max-bodies", Limits.MaxBodies),
            (int)http.Read("max-headers", Limits.MaxHeaders),
            http.Read("header-timeout", Limits.HeaderTimeout),
            http.Read("idle-timeout", Limits.IdleTimeout),
            http.Read("max-connections", Limits.MaxConnections),
            http.Read("max-requests", Limits.MaxRequests),
            http.Read("max-streams", Limits.MaxStreams),
            http.Read("keep-alive", Limits.KeepAlive),
            http.Read("batch-parallel", Limits.BatchParallel));
        http.RefuseUnknown();
        return settings;
    }
}
