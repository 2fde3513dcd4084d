using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Corpus;

/// <summary>A node as <c>./prove</c> starts it, with the shipped configuration and the provers of this machine, one goal at a time.</summary>
internal sealed class Racing : IAsyncDisposable
{
    private static readonly SettingsFiles Shipped = SettingsFiles.LoadShipped();
    private static readonly BackendCatalogue Provers = BackendCatalogue.Read(Shipped);

    private readonly NodeSettings _settings;
    private readonly ProverNode _node;

    private Racing(NodeSettings settings, ProverNode node) => (_settings, _node) = (settings, node);

    /// <summary>Why nothing can be raced here, or null.</summary>
    public static string? NoProver { get; } = GoalLanguages.All.Any(entry => Backends(entry.Language).Count > 0) ? null : "no prover is installed";

    /// <summary>Who races for goals of a language here.</summary>
    public static IReadOnlyList<BackendName> Backends(GoalLanguage language) =>
        [.. Provers.Plan(language, []).Backends.Where(each => each.IsAvailable).Select(each => each.Backend.Name)];

    /// <summary>Where the machine can make a sandbox the figures are of provers in it: a node that cannot have it then does not start.</summary>
    public static string Confinement { get; } = NoSandbox is { } why ? $"without a sandbox: {why}" : "in the sandbox";

    public static async Task<Racing> StartAsync()
    {
        var (settings, _) = MemoryFit.Apply(NodeSettings.Read(Shipped), Provers.RaceWidth([]), Environment.ProcessorCount, MachineMemory.Bytes());
        if (NoSandbox is null)
            settings = settings with { Sandbox = settings.Sandbox with { Mode = SandboxMode.Required } };
        return new Racing(settings, await ProverNode.StartAsync(settings, Provers, null, CancellationToken.None));
    }

    /// <param name="name">The goal's name for people.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="timeout">Its deadline.</param>
    /// <param name="only">This backend alone; null for the race of all.</param>
    public Task<GoalAnswer> RaceAsync(string name, GoalDocument goal, TimeSpan timeout, BackendName? only = null) => _node.RaceAsync(
        new Goal(
            GoalId.New(),
            name,
            goal.Language,
            TextDigest.Of(goal.Text.Span),
            new GoalLimits(timeout, null, null, _settings.Runs.MemoryBytes, _settings.Runs.OutputBytes),
            Strategy.Speculative,
            only is null ? [] : [only],
            KeepOutput: false,
            new Dictionary<string, string>()),
        goal,
        null,
        CancellationToken.None);

    private static string? NoSandbox => Needs.Programs(["bwrap"]);

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
