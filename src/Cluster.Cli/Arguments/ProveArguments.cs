using System.CommandLine;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Arguments;

/// <summary>From the words of the command line to options, or to the sentence that says why not.</summary>
internal sealed class ProveArguments
{
    private static readonly Choice<GoalLanguage> Languages = new([.. GoalLanguages.All.Select(entry => (entry.Name, entry.Language))]);
    private static readonly Choice<Client.Strategy> Strategies = new(
        ("speculative", Client.Strategy.Speculative), ("sequential", Client.Strategy.Sequential), ("best-of", Client.Strategy.BestOf));
    private static readonly Choice<OutputKind> Formats = new(("solver", OutputKind.Solver));

    private readonly ProveSyntax _syntax = new();
    private readonly ParseResult _words;
    private readonly string[] _arguments;

    public ProveArguments(string[] arguments)
    {
        _arguments = arguments;
        _words = _syntax.Parse(arguments);
    }

    // Whoever asks for help gets it, whatever else is wrong.
    public bool WantsHelp => _words.GetValue(_syntax.Help);

    public bool WantsVersion => _words.GetValue(_syntax.Version);

    /// <exception cref="UsageException">Something about the words is wrong.</exception>
    public CallOptions Read()
    {
        var goals = _words.GetValue(_syntax.Goals) ?? [];
        RefuseUnknownOptions(goals);
        if (_words.Errors.Count > 0) throw new UsageException(Excerpt.Visible(_words.Errors[0].Message.TrimEnd('.')));
        if (_words.GetResult(_syntax.Data) is not null) throw new UsageException("--data is not available yet: nothing is kept between calls");
        RefuseWhatAClusterDecides();
        if (goals.Length == 0) throw new UsageException("no goal is given: name files, folders, or - for standard input (--help says more)");
        if (goals.Count(goal => goal == "-") > 1) throw new UsageException("standard input (-) is named twice, but can be read only once");
        return new CallOptions
        {
            Goals = goals,
            Language = Optional(_syntax.Language, Languages),
            Strategy = Strategy(),
            Backends = Backends(),
            Timeout = Optional(_syntax.Timeout, Limits.GoalTimeout),
            RunTimeout = Optional(_syntax.RunTimeout, Limits.RunTimeout),
            MemoryBytes = Optional(_syntax.Memory, Limits.RunMemory),
            Parallel = Optional(_syntax.Parallel, Limits.Parallel),
            Slots = Optional(_syntax.Slots, Limits.Slots),
            Priority = Optional(_syntax.Priority, Limits.Priority),
            Nodes = Optional(_syntax.Nodes, Limits.Nodes) ?? 1,
            Output = Output(),
            ShowRuns = _words.GetValue(_syntax.Runs),
            ShowOutput = _words.GetValue(_syntax.ShowOutput),
            NoCache = _words.GetValue(_syntax.NoCache),
            ConfigFiles = _words.GetValue(_syntax.Config) ?? [],
            Cluster = _words.GetValue(_syntax.Cluster) ?? [],
            TokenFile = _words.GetValue(_syntax.TokenFile),
            Labels = Labels(_words.GetValue(_syntax.Label) ?? []),
        };
    }

    // To System.CommandLine an unknown option is one more goal, unless it stands after "--", where everything is one.
    private void RefuseUnknownOptions(string[] goals)
    {
        var literal = _arguments.SkipWhile(word => word != "--").Skip(1).Count();
        if (goals.Take(goals.Length - literal).FirstOrDefault(goal => goal.Length > 1 && goal[0] == '-') is not { } word) return;
        var hint = NearestName.Hint(word.Split('=', ':')[0], _syntax.Options.Select(option => option.Name));
        throw new UsageException($"'{Excerpt.Of(word)}' is not a known option{hint}; a file of that name is given as './{Excerpt.Of(word)}'");
    }

    private void RefuseWhatAClusterDecides()
    {
        var isCluster = _words.GetResult(_syntax.Cluster) is not null;
        if (!isCluster && _words.GetResult(_syntax.TokenFile) is not null) throw new UsageException("--token-file is for a running cluster: name it with --cluster");
        if (isCluster && new Option[] { _syntax.Slots, _syntax.Nodes, _syntax.Config }.FirstOrDefault(option => _words.GetResult(option) is not null) is { } own)
            throw new UsageException($"{own.Name} is for nodes in this process, and --cluster sends the goals to others");
    }

    private Client.Strategy Strategy()
    {
        if (_words.GetValue(_syntax.Strategy) == "quorum") throw new UsageException("--strategy quorum is not available yet");
        return Optional(_syntax.Strategy, Strategies) ?? Client.Strategy.Speculative;
    }

    private OutputKind Output()
    {
        var format = Optional(_syntax.Format, Formats);
        if (!_words.GetValue(_syntax.Json)) return format ?? OutputKind.Human;
        return format is null ? OutputKind.Json : throw new UsageException("--json and --format solver cannot both be had");
    }

    private IReadOnlyList<BackendName> Backends()
    {
        if (_words.GetValue(_syntax.Backends) is not { } text) return [];
        var names = text.Split(',', StringSplitOptions.TrimEntries).Select(each => BackendName.TryParse(each, out var name) ? name : null).ToList();
        if (names.Contains(null)) throw new UsageException($"--backends is '{Excerpt.Of(text)}', but names of backends with commas between them are wanted, such as z3,cvc5");
        if (names.Count > GoalBounds.Backends) throw new UsageException($"--backends names {names.Count} backends, and a goal may name {GoalBounds.Backends}");
        var twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? [.. names!] : throw new UsageException($"--backends names {twice.Key} twice");
    }

    /// <summary>What <c>--label</c> was given.</summary>
    /// <exception cref="UsageException">One of them is none.</exception>
    public static IReadOnlyDictionary<string, string> Labels(IEnumerable<string> words)
    {
        var labels = new Dictionary<string, string>();
        foreach (var text in words)
        {
            var parts = text.Split('=', 2);
            if (parts.Length < 2 || parts[0].Length == 0) throw new UsageException($"--label is '{Excerpt.Of(text)}', but KEY=VALUE is wanted");
            if (!labels.TryAdd(parts[0], parts[1])) throw new UsageException($"--label says '{Excerpt.Of(parts[0])}' twice");
        }
        return GoalBounds.RefuseLabels(labels) is { } refusal ? throw new UsageException($"--label: {refusal}") : labels;
    }

    private T? Optional<T>(Option<string> option, Allowed<T> allowed)
        where T : struct
    {
        if (_words.GetValue(option) is not { } text) return null;
        return allowed.TryRead(text, out var value) ? value : throw new UsageException(allowed.Complaint(option.Name, text));
    }
}
