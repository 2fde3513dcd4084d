using ProverCluster.Cli.Arguments;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Provers;

/// <summary>What this call's nodes are started with: configuration files, then the command line, then what fits the machine.</summary>
/// <param name="Settings">Of each node.</param>
/// <param name="Catalogue">The provers.</param>
/// <param name="Nodes">How many.</param>
/// <param name="WinnerWidth">The longest name of a backend that may win.</param>
/// <param name="Notices">What is not as it was asked for, one sentence each.</param>
internal sealed record NodePlan(NodeSettings Settings, BackendCatalogue Catalogue, int Nodes, int WinnerWidth, IReadOnlyList<string> Notices)
{
    /// <exception cref="SettingsException">A configuration file is wrong, or nothing fits this machine.</exception>
    /// <exception cref="UsageException">A backend is not known.</exception>
    public static NodePlan Of(CallOptions options, Surroundings world)
    {
        var files = SettingsFiles.Load(options.ConfigFiles);
        var catalogue = BackendCatalogue.Read(files, world.FindProgram);
        RefuseUnknownBackends(options, catalogue);
        var asked = Overlay(NodeSettings.Read(files), options);
        var (settings, notice) = MemoryFit.Apply(asked, catalogue.RaceWidth(options.Backends), world.Processors, world.MachineBytes, options.Nodes);
        return new NodePlan(settings, catalogue, options.Nodes, WidestName(options, catalogue), notice is null ? [] : [notice]);
    }

    // What each goal says for itself is not the node's; but how much memory its runs may take decides how many fit the machine.
    private static NodeSettings Overlay(NodeSettings settings, CallOptions options) => settings with
    {
        Slots = options.Slots ?? settings.Slots,
        Runs = settings.Runs with { MemoryBytes = options.MemoryBytes ?? settings.Runs.MemoryBytes },
        // What the files say of it is for a node that serves: a call keeps nothing.
        Store = settings.Store.Without(),
    };

    private static void RefuseUnknownBackends(CallOptions options, BackendCatalogue catalogue)
    {
        if (options.Backends.FirstOrDefault(name => !catalogue.Names.Contains(name)) is not { } unknown) return;
        var known = catalogue.Names.Select(name => name.Value).ToList();
        throw new UsageException($"--backends names '{unknown}', which is not a known backend{NearestName.Hint(unknown.Value, known)}; known are {string.Join(", ", known)}");
    }

    private static int WidestName(CallOptions options, BackendCatalogue catalogue) =>
        GoalLanguages.All.SelectMany(entry => catalogue.Plan(entry.Language, options.Backends).Backends)
            .Where(each => each.IsAvailable)
            .Select(each => each.Backend.Name.Value.Length)
            .DefaultIfEmpty(1)
            .Max();
}
