using System.Text;
using Akka.Configuration;

namespace ProverCluster.Node.Configuration;

/// <summary>
/// The shipped configuration and the files laid over it, later ones on top. They stay apart, so that a wrong value can
/// be told with the file it stands in; each key is looked up from the top.
/// </summary>
public sealed class SettingsFiles
{
    public const string Root = "prover-cluster";

    private static readonly string[] Shipped = ["akka.conf", "prover-cluster.conf", "backends.conf"];

    private readonly List<Layer> _topFirst = [];

    private SettingsFiles()
    {
    }

    /// <summary>The shipped configuration alone.</summary>
    public static SettingsFiles LoadShipped() => Load([]);

    /// <param name="paths">Files to lay over the shipped configuration; later ones win.</param>
    /// <exception cref="SettingsException">A file cannot be read, or is not HOCON.</exception>
    public static SettingsFiles Load(IReadOnlyList<string> paths)
    {
        var files = new SettingsFiles();
        foreach (var name in Shipped) files.Lay(name, ReadShipped(name), isShipped: true);
        foreach (var path in paths) files.Lay(path, ReadFile(path));
        return files;
    }

    /// <summary>The same with a text on top, as if it stood in a file of that name.</summary>
    public SettingsFiles With(string name, string hocon)
    {
        var files = new SettingsFiles();
        files._topFirst.AddRange(_topFirst);
        files.Lay(name, hocon);
        return files;
    }

    /// <summary>What is laid over everything else where all nodes of a cluster are in one process.</summary>
    internal static Config LocalCluster() => ConfigurationFactory.ParseString(ReadShipped("local-cluster.conf"));

    /// <summary>The shipped files as they are, for whoever checks or shows them.</summary>
    internal static IEnumerable<(string File, string Text)> ShippedTexts => Shipped.Select(name => (name, ReadShipped(name)));

    /// <summary>The <c>akka</c> block of all files together, as the actor system wants it.</summary>
    public Config Akka()
    {
        var all = ConfigurationFactory.Empty;
        foreach (var layer in _topFirst)
        {
            if (layer.Config.GetValue("akka") is { } akka && akka.IsObject()) all = all.WithFallback(layer.Config);
        }
        return all;
    }

    /// <summary>Everything that is ours.</summary>
    internal SettingsReader OurBlock() => Block(Root);

    /// <summary>Everything that is the actor system's.</summary>
    internal SettingsReader AkkaBlock() => Block("akka");

    private SettingsReader Block(string name) =>
        new SettingsReader("", [.. _topFirst.Where(layer => layer.Config.Root?.GetObject() is not null).Select(layer => new SettingsReader.Layer(layer.File, layer.IsShipped, layer.Config.Root.GetObject()))]).Block(name);

    private void Lay(string file, string hocon, bool isShipped = false)
    {
        // The shipped files are checked by tests, and not again at every start.
        // A file with the address of a server in it may have its password in it.
        var config = HoconFile.Parse(file, hocon, isChecked: isShipped, isSecret: hocon.Contains("postgres", StringComparison.OrdinalIgnoreCase));
        foreach (var key in config.Root?.GetObject()?.Items.Keys ?? Enumerable.Empty<string>())
        {
            if (key is not (Root or "akka"))
                throw new SettingsException($"{Excerpt.Visible(file)}: '{Excerpt.Of(key)}' is not a known key{NearestName.Hint(key, [Root, "akka"])}; known are {Root} and akka");
        }
        _topFirst.Insert(0, new Layer(file, config, isShipped));
    }

    private static string ReadShipped(string name)
    {
        using var stream = typeof(SettingsFiles).Assembly.GetManifestResourceStream("hocon/" + name)
            ?? throw new InvalidOperationException($"{name} is not built into this program");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path, HoconFile.Strict);
        }
        catch (Exception e) when (HoconFile.IsUnreadable(e))
        {
            throw new SettingsException($"{Excerpt.Visible(path)}: cannot be read as a configuration file: {Excerpt.Of(e.Message)}");
        }
    }

    private sealed record Layer(string File, Config Config, bool IsShipped);
}
