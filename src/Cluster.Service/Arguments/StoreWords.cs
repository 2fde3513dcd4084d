using System.CommandLine;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Store.Postgres;

namespace ProverCluster.Service.Arguments;

/// <summary>Where the node keeps its goals, by the words of the command line laid over the configuration, and whether that goes with the rest of them.</summary>
internal sealed class StoreWords(NodeSyntax syntax, ParseResult words)
{
    /// <exception cref="SettingsException">It is none that is wanted, or not for a node that others can join.</exception>
    public StoreSettings Lay(StoreSettings settings, ClusterPlace place)
    {
        var (data, store) = (words.GetValue(syntax.Data), words.GetValue(syntax.Store));
        if (data is not null && store is not null)
            throw new SettingsException("--data and --store are both given, but one is wanted: a folder for one node alone, or a server for several");
        if (data is not null)
            settings = settings with { Folder = Folder(data), Url = null };
        if (store is not null)
            settings = settings with { Folder = null, Url = Url(store) };
        if (settings.Folder is not null)
            RefuseOthers(data is null ? "store.folder" : "--data", place);
        return settings;
    }

    /// <summary>Where a node stands among others means nothing to one alone, and is not to be left aside without a word.</summary>
    private void RefuseOthers(string store, ClusterPlace place)
    {
        Option[] others = [syntax.Seed, syntax.Port, syntax.Host, syntax.Roles];
        var said = others.FirstOrDefault(option => words.GetResult(option) is not null)?.Name ?? (place.IsChosen ? "the block cluster of a configuration file" : null);
        if (said is not null)
            throw new SettingsException($"{store} keeps goals in a folder, for one node alone, which {said} is not for: leave one of them out, or give all nodes one server with --store postgres://...");
    }

    // Not quoted either where it is a server's address in the wrong place.
    private static string Folder(string text) => text.Contains("://", StringComparison.Ordinal)
        ? throw new SettingsException("--data is the address of a server, but the path of a folder is wanted; --store takes a server")
        : text.Length > 0 && !text.Contains('\0') ? Path.GetFullPath(text) : throw new SettingsException($"--data is '{Excerpt.Of(text)}', but the path of a folder is wanted");

    // Not quoted: a password may be in it.
    private static PostgresUrl Url(string text) =>
        PostgresUrl.TryParse(text, out var url, out var why) ? url : throw new SettingsException($"--store: {why}, but {PostgresUrl.Wanted.TrimEnd(',')} is wanted");
}
