using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Backends;

/// <summary>Every backend that this node knows, installed or not, in the order of its configuration.</summary>
public sealed class BackendCatalogue
{
    private readonly IReadOnlyList<Backend> _entries;
    private readonly Func<string, string?> _find;

    /// <param name="entries">One for each backend and language.</param>
    /// <param name="find">From an executable's name to its path; null for the real one.</param>
    public BackendCatalogue(IReadOnlyList<Backend> entries, Func<string, string?>? find = null)
    {
        _entries = entries;
        _find = find ?? ExecutableFinder.Find;
        Names = [.. entries.Select(entry => entry.Name).Distinct()];
    }

    public IReadOnlyList<BackendName> Names { get; }

    /// <exception cref="SettingsException">An entry has an unknown key, or a value that is not what is wanted.</exception>
    public static BackendCatalogue Read(SettingsFiles files, Func<string, string?>? find = null) => new(BackendReader.Read(files), find);

    /// <summary>The entry of a backend for a language with the program behind it, or null if there is no such entry.</summary>
    public PlannedBackend? Find(BackendName name, GoalLanguage language) =>
        _entries.FirstOrDefault(entry => entry.Name == name && entry.Language == language) is { } entry ? Locate(entry) : null;

    /// <summary>
    /// The backends to race on. A named one that does not read the language sits this goal out, so that one list of names
    /// can serve goals of several languages; only if none of the named ones reads it is the goal rejected.
    /// </summary>
    /// <param name="language">What the goal is written in.</param>
    /// <param name="wanted">Only these, in this order; empty for all that are suitable.</param>
    /// <param name="isAvailable">Whether somebody has a backend; null to look on this machine.</param>
    public BackendPlan Plan(GoalLanguage language, IReadOnlyList<BackendName> wanted, Func<BackendName, bool>? isAvailable = null)
    {
        Func<Backend, PlannedBackend> locate = isAvailable is null ? Locate : entry => new PlannedBackend(entry, null, isAvailable(entry.Name));
        var suitable = _entries.Where(entry => entry.Language == language).ToList();
        var planned = wanted.Count == 0
            ? suitable.Select(locate).Where(each => each.IsAvailable || each.Backend.Default).ToList()
            : wanted.Distinct().Select(name => suitable.Find(entry => entry.Name == name)).OfType<Backend>().Select(locate).ToList();
        return new BackendPlan(planned, Rejection(language, wanted, suitable, planned));
    }

    /// <summary>Every entry whose program is on this machine.</summary>
    public IEnumerable<PlannedBackend> Installed => _entries.Select(Locate).Where(each => each.IsAvailable);

    /// <summary>The most backends that one goal may be raced on: as many slots make its race start whole.</summary>
    public int RaceWidth(IReadOnlyList<BackendName> wanted) =>
        GoalLanguages.All.Max(entry => Plan(entry.Language, wanted).Backends.Count(each => each.IsAvailable));

    private PlannedBackend Locate(Backend entry) => new(entry, _find(entry.Executable));

    private static string? Rejection(GoalLanguage language, IReadOnlyList<BackendName> wanted, List<Backend> suitable, List<PlannedBackend> planned)
    {
        if (planned.Exists(each => each.IsAvailable)) return null;
        if (planned.Count == 0)
        {
            var who = wanted.Count == 0 ? "no backend" : $"none of the wanted backends ({string.Join(", ", wanted)})";
            return $"{who} reads {language.Name()}; those that do are {string.Join(", ", suitable.Select(entry => entry.Name))}";
        }
        var looked = string.Join(", ", planned.Select(each => each.Backend.Executable));
        var packages = string.Join(' ', planned.Select(each => each.Backend.Package).OfType<string>().Distinct());
        var how = packages.Length == 0 ? "install one of them" : $"install with: apt-get install {packages}";
        return $"no prover for {language.Name()} is installed: looked for {looked}; {how}";
    }
}
