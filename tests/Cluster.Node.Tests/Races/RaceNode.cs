using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Tests.Races;

/// <summary>A real node with a spec's own backends beside the shipped ones.</summary>
internal sealed class RaceNode : IAsyncDisposable
{
    public const string Formula = "p cnf 1 1\n1 0\n";

    private readonly ProverNode _node;
    private readonly NodeSettings _settings;
    private readonly IReadOnlyList<BackendName> _entries;

    private RaceNode(ProverNode node, NodeSettings settings, IReadOnlyList<BackendName> entries)
    {
        _node = node;
        _settings = settings;
        _entries = entries;
    }

    public static Task<RaceNode> StartAsync(bool sandboxed, params Entry[] entries) => StartAsync(sandboxed, "", entries);

    /// <param name="sandboxed">Whether provers run in the sandbox or in the fallback.</param>
    /// <param name="hocon">Further settings.</param>
    /// <param name="entries">Backends; a goal is raced on all of them unless it names others.</param>
    public static async Task<RaceNode> StartAsync(bool sandboxed, string hocon, params Entry[] entries)
    {
        var files = SettingsFiles.LoadShipped()
            .With("spec.conf", $"prover-cluster {{ sandbox.mode = {(sandboxed ? "required" : "off")}, slots = 8 }}")
            .With("entries.conf", string.Concat(entries.Select(entry => entry.Hocon)) + "prover-cluster { }")
            .With("more.conf", "prover-cluster { }\n" + hocon);
        var settings = NodeSettings.Read(files);
        return new RaceNode(
            await ProverNode.StartAsync(settings, BackendCatalogue.Read(files), null, CancellationToken.None),
            settings,
            [.. entries.Select(entry => entry.Backend)]);
    }

    /// <summary>Begins a race for a goal.</summary>
    /// <param name="text">The goal; one formula, true or false as one likes, for puppets that do not read it.</param>
    /// <param name="language">Its language.</param>
    /// <param name="backends">Other backends than the spec's own.</param>
    /// <param name="change">What is not as usual about the goal.</param>
    public RaceInFlight Race(
        string text = Formula, GoalLanguage language = GoalLanguage.Dimacs, string[]? backends = null, Func<Goal, Goal>? change = null)
    {
        if (!GoalReader.TryRead(language, Encoding.UTF8.GetBytes(text), out var document, out var rejection))
            throw new ArgumentException($"no goal: {rejection}", nameof(text));

        var runs = _settings.Runs;
        var goal = new Goal(
            GoalId.New(),
            "goal",
            language,
            TextDigest.Of(document.Text.Span),
            new GoalLimits(_settings.Goals.Timeout, runs.Timeout, runs.Cpu, runs.MemoryBytes, runs.OutputBytes),
            Strategy.Speculative,
            backends is null ? _entries : [.. backends.Select(BackendName.Parse)],
            KeepOutput: false,
            new Dictionary<string, string>());
        return new RaceInFlight(_node, change is null ? goal : change(goal), document);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
