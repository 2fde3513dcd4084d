using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Submissions;

/// <summary>What a client says of its goal beside the text, from a query or from JSON: the same names, values and complaints.</summary>
internal sealed class SubmissionOptions(BackendCatalogue catalogue)
{
    /// <summary>Those that are one text each.</summary>
    public static readonly string[] Names = ["id", "name", "timeout", "run-timeout", "memory", "strategy", "priority", "show-output", "no-cache"];

    /// <summary>Those that are true or false in JSON.</summary>
    public static readonly string[] Flags = ["show-output", "no-cache"];

    private static readonly Choice<bool> YesOrNo = new(("true", true), ("false", false));

    private readonly HashSet<string> _said = [];
    private readonly Dictionary<string, string> _labels = [];
    private IReadOnlyList<BackendName> _backends = [];
    private GoalId? _id;
    private string? _name;
    private TimeSpan? _timeout;
    private TimeSpan? _runTimeout;
    private long? _memory;
    private Strategy _strategy = Strategy.Speculative;
    private int? _priority;
    private bool _showOutput;
    private bool _isFresh;

    public bool HasId => _id is not null;

    /// <exception cref="ProblemException">The value is not what is wanted, or was said before.</exception>
    public void Set(string name, string text)
    {
        SayOnce(name);
        switch (name)
        {
            case "id":
                _id = GoalId.TryParse(text, out var id) ? id : throw new ProblemException(Problem.BadId(text));
                break;
            case "name":
                _name = text;
                break;
            case "timeout":
                _timeout = Read(name, Limits.GoalTimeout, text);
                break;
            case "run-timeout":
                _runTimeout = Read(name, Limits.RunTimeout, text);
                break;
            case "memory":
                _memory = Read(name, Limits.RunMemory, text);
                break;
            case "strategy":
                _strategy = text == "quorum" ? throw Bad("strategy quorum is not available yet") : Read(name, Limits.Strategy, text);
                break;
            case "priority":
                _priority = Read(name, Limits.Priority, text);
                break;
            case "show-output":
                _showOutput = Flag(name, text);
                break;
            case "no-cache":
                _isFresh = Flag(name, text);
                break;
            default:
                throw Unknown(name, Names);
        }
    }

    public void SetBackends(IReadOnlyList<string> names)
    {
        SayOnce("backends");
        _backends = [.. names.Select(name => BackendName.TryParse(name, out var backend) && catalogue.Names.Contains(backend)
            ? backend
            : throw Bad($"'{Excerpt.Of(name)}' is not a known backend{NearestName.Hint(name, catalogue.Names.Select(known => known.Value))}"))];
        if (_backends.Distinct().Count() < _backends.Count)
            throw Bad("backends names one of them twice");
    }

    public void AddLabel(string key, string text)
    {
        if (!_labels.TryAdd(key, text))
            throw Bad($"label '{Excerpt.Of(key)}' is there twice");
        if (_labels.Count > GoalBounds.Labels)
            throw Bad($"there are more than the {GoalBounds.Labels} labels that a goal may have");
    }

    /// <summary>The goal that was meant.</summary>
    /// <param name="language">What it is written in.</param>
    /// <param name="text">Its text's name.</param>
    /// <param name="settings">What the node takes where nothing was said.</param>
    public Goal Goal(GoalLanguage language, TextDigest text, NodeSettings settings)
    {
        var id = _id ?? GoalId.New();
        var runs = settings.Runs;
        var goal = new Goal(
            id,
            _name ?? id.Value,
            language,
            text,
            new GoalLimits(_timeout ?? settings.Goals.Timeout, _runTimeout ?? runs.Timeout, runs.Cpu, _memory ?? runs.MemoryBytes, runs.OutputBytes),
            _strategy,
            _backends,
            _showOutput,
            _labels,
            _priority ?? settings.Goals.Priority,
            _isFresh);
        return GoalBounds.Refuse(goal) is { } refusal ? throw Bad(refusal) : goal;
    }

    /// <summary>A yes or no of a query.</summary>
    public static bool Flag(string name, string text) => Read(name, YesOrNo, text);

    public static ProblemException Unknown(string name, IEnumerable<string> known) => Bad($"'{Excerpt.Of(name)}' is not a known option{NearestName.Hint(name, known)}");

    public static ProblemException Bad(string detail) => new(Problem.BadOption(detail));

    /// <summary>A value that configuration and the command line have as well.</summary>
    public static T Read<T>(string name, Allowed<T> allowed, string text)
        where T : notnull => allowed.TryRead(text, out var value) ? value : throw Bad(allowed.Complaint(name, text));

    private void SayOnce(string name)
    {
        if (!_said.Add(name))
            throw Bad($"{Excerpt.Of(name)} is said twice");
    }
}
