using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Backends.Readings;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>A shipped entry as it is, run by a plain process; with what a transcript needs beyond it.</summary>
internal sealed record TestBackend(Backend Entry, string[]? More = null, string? MemoryKib = null, string? Signal = null)
{
    private static readonly BackendCatalogue Shipped = BackendCatalogue.Read(SettingsFiles.LoadShipped());

    /// <summary>Time and memory for an entry that passes them on: more than any of our goals takes.</summary>
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(60);
    private const long Memory = 2L << 30;

    public static readonly TestBackend[] All =
    [
        .. from language in GoalLanguages.All
           from each in Shipped.Plan(language.Language, Shipped.Names).Backends
           select new TestBackend(each.Backend),
    ];

    public string Name => Entry.Name.Value;

    public GoalLanguage Language => Entry.Language;

    public ReadingKind Reading => Entry.Reading.Kind();

    public ReadingRules Rules => ReadingRules.Of(Entry);

    public string? ResultFile => Entry.ResultFile;

    public bool IsInstalled => Path is not null;

    /// <summary>The command line, with the address space limited or a signal sent after half a second, where a transcript needs that.</summary>
    public IEnumerable<string> CommandLine => (MemoryKib, Signal) switch
    {
        ({ } kib, _) => ["sh", "-c", $"ulimit -v {kib}; exec \"$@\"", "sh", Path!, .. Arguments],
        (_, { } signal) => ["sh", "-c", $"\"$@\" & sleep 0.5; kill -{signal} $!; wait $!; exit $?", "sh", Path!, .. Arguments],
        _ => [Path!, .. Arguments],
    };

    public static TestBackend Of(string name, GoalLanguage language) => All.Single(backend => backend.Name == name && backend.Language == language);

    private string? Path => ExecutableFinder.Find(Entry.Executable);

    /// <summary>Further ones stand before the goal's file, where a later one overrides an earlier one.</summary>
    private IEnumerable<string> Arguments => Entry.ArgumentsFor(Time, Memory).SelectMany(each => each == "{goal}" ? [.. More ?? [], each] : new[] { each });
}
