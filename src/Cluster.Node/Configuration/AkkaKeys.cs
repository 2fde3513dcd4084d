using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ProverCluster.Node.Configuration;

/// <summary>
/// Looks through the <c>akka</c> block of the files that are laid over ours: a key that the actor system does not know it would leave aside without
/// a word, and a log level that is none would end its start with an exception.
/// </summary>
internal static class AkkaKeys
{
    /// <summary>Blocks in which the keys are names that somebody has chosen.</summary>
    private static readonly string[] Named =
    [
        "akka.actor.deployment", "akka.actor.serializers", "akka.actor.serialization-bindings", "akka.actor.serialization-identifiers",
        "akka.actor.serialization-settings", "akka.actor.router.type-mapping", "akka.actor.mailbox.requirements", "akka.coordinated-shutdown.phases",
        "akka.coordinated-shutdown.reason-overrides",
    ];

    /// <summary>Blocks of modules that bring a reference of their own, which is not there before the system is.</summary>
    private static readonly string[] Modules =
        ["cluster", "coordination", "discovery", "health-check", "management", "persistence", "remote", "stream", "streams", "test"];

    private static readonly LogLevelName LogLevel = new();

    /// <exception cref="SettingsException">A key is unknown, or a log level is none.</exception>
    public static void Check(SettingsReader akka)
    {
        // The reference takes its time to be parsed, and most calls lay nothing over ours.
        if (!akka.IsLaidOver) return;
        var known = ConfigurationFactory.Default().Root.GetObject().GetKey("akka").GetObject();
        Check(akka, "akka", known);
        foreach (var key in new[] { "loglevel", "stdout-loglevel" }) akka.Optional(key)?.Parse(LogLevel);
    }

    private static void Check(SettingsReader block, string path, HoconObject known)
    {
        foreach (var setting in block.Keys())
        {
            var own = $"{path}.{setting.Key}";
            if (IsFree(path, setting.Key) || Named.Contains(own)) continue;
            if (known.GetKey(setting.Key) is not { } reference)
            {
                if (!setting.IsShipped) throw setting.NotKnown(known.Items.Keys);
            }
            else if (reference.GetObject() is { } inner && inner.Items.Count > 0)
            {
                Check(block.Block(setting.Key), own, inner);
            }
        }
    }

    // Dispatchers and mailboxes are looked up by whatever name an actor's deployment says.
    private static bool IsFree(string path, string key) =>
        (path == "akka" && Modules.Contains(key)) || key.EndsWith("-dispatcher", StringComparison.Ordinal) || key.EndsWith("-mailbox", StringComparison.Ordinal);

    private sealed class LogLevelName : Allowed<string>
    {
        private static readonly string[] Names = ["OFF", "ERROR", "WARNING", "INFO", "DEBUG"];

        public override string Wanted => string.Join(" or ", Names);

        public override bool TryRead(string text, out string value)
        {
            value = text.ToUpperInvariant();
            return Names.Contains(value);
        }
    }
}
