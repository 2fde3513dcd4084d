using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Client;

/// <summary>What one goal may use. What is null is left to the cluster's own settings. A value out of its range is refused where it is set.</summary>
public sealed record ProveOptions
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10), Longest = TimeSpan.FromDays(7);

    /// <summary>The goal's deadline, from its acceptance, queueing included: 10 ms to 7 days.</summary>
    public TimeSpan? Timeout { get; init => field = value is { } time ? Ranges.Time(nameof(Timeout), time, Least, Longest) : null; }

    /// <summary>A cap on each run's own time: 10 ms to 7 days.</summary>
    public TimeSpan? RunTimeout { get; init => field = value is { } time ? Ranges.Time(nameof(RunTimeout), time, Least, Longest) : null; }

    /// <summary>A cap on each run's memory, in bytes: 16 MiB to 1 TiB.</summary>
    public long? Memory { get; init => field = value is { } bytes ? Ranges.Number(nameof(Memory), bytes, 16L << 20, 1L << 40, " bytes") : null; }

    /// <summary>How the runs follow each other.</summary>
    public Strategy? Strategy { get; init => field = value is { } strategy ? Ranges.Choice(nameof(Strategy), strategy) : null; }

    /// <summary>Goals of a higher one are served first where goals wait: -100 to 100.</summary>
    public int? Priority { get; init => field = value is { } priority ? (int)Ranges.Number(nameof(Priority), priority, -100, 100) : null; }

    /// <summary>Only these provers, in this order; at most 32. Empty, the default, for all that are suitable.</summary>
    public IReadOnlyList<string> Backends { get; init => field = CheckBackends([.. value]); } = [];

    /// <summary>Your own words on the goal, to find it by; at most 32. None by default.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init => field = CheckLabels(new Dictionary<string, string>(value)); } = new Dictionary<string, string>();

    /// <summary>Whether the winner's model, core or proof is wanted. Not by default: they can be long.</summary>
    public bool ShowOutput { get; init; }

    /// <summary>Whether the goal is raced although the cluster knows its verdict from an earlier race. Not by default.</summary>
    public bool NoCache { get; init; }

    /// <summary>How long a cancelled call waits for the cluster to confirm that the goal is withdrawn: 100 ms to 5 minutes, 5 s by default.</summary>
    public TimeSpan WithdrawGrace { get; init => field = Ranges.Time(nameof(WithdrawGrace), value, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)); } = TimeSpan.FromSeconds(5);

    private static string[] CheckBackends(string[] names)
    {
        if (names.Length > GoalBounds.Backends) throw Ranges.Refusal(nameof(Backends), $"a list of {names.Length}", $"at most {GoalBounds.Backends}");
        foreach (var name in names)
        {
            if (!BackendName.TryParse(name, out _)) throw Ranges.Refusal($"a name in {nameof(Backends)}", $"'{Shown.Quote(name)}'", "the name of a prover, such as z3,");
            if (names.Count(each => each == name) > 1) throw Ranges.Refusal(nameof(Backends), $"a list with {name} in it twice", "each once");
        }

        return names;
    }

    private static Dictionary<string, string> CheckLabels(Dictionary<string, string> labels)
    {
        if (GoalBounds.RefuseLabels(labels) is { } refusal) throw new ArgumentOutOfRangeException(paramName: null, $"{nameof(Labels)}: {refusal}");
        // Over HTTP a label is KEY=VALUE.
        if (labels.Keys.FirstOrDefault(key => key.Contains('=')) is { } wrong) throw Ranges.Refusal($"a name in {nameof(Labels)}", $"'{Shown.Quote(wrong)}'", "one without '='");
        return labels;
    }
}
