using System.Diagnostics.CodeAnalysis;
using ProverCluster.Messages.Goals;

namespace ProverCluster.Node.Cache;

/// <summary>Which goals share a race: those of one key that want the same of it.</summary>
/// <param name="Key">What they ask.</param>
/// <param name="Wants">What else they want.</param>
internal sealed record FlightName(VerdictKey Key, FlightWants Wants)
{
    /// <summary>Only a mere verdict is to be had from the cache.</summary>
    public bool LooksUp => Wants == FlightWants.Verdict;

    /// <param name="key">The goal's.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="isFresh">Whether its owner does not want what is in the cache.</param>
    public static FlightName Of(VerdictKey key, Goal goal, bool isFresh = false) =>
        new(key, goal.KeepOutput ? FlightWants.Output : isFresh ? FlightWants.Fresh : FlightWants.Verdict);

    public static bool TryParse(string? text, [NotNullWhen(true)] out FlightName? name)
    {
        name = null;
        if (text?.Split('.') is not [var key, var wants] || !VerdictKey.TryParse(key, out var parsed))
            return false;
        foreach (var each in Enum.GetValues<FlightWants>())
            name = Word(each) == wants ? new FlightName(parsed, each) : name;
        return name is not null;
    }

    public override string ToString() => $"{Key}.{Word(Wants)}";

    private static string Word(FlightWants wants) => wants switch
    {
        FlightWants.Verdict => "v",
        FlightWants.Output => "o",
        FlightWants.Fresh => "f",
        _ => throw new ArgumentOutOfRangeException(nameof(wants), wants, "nobody wants that"),
    };
}

internal enum FlightWants
{
    /// <summary>The verdict alone, wherever it comes from.</summary>
    Verdict,

    /// <summary>The winner's model, core or proof as well, which the cache does not have.</summary>
    Output,

    /// <summary>A verdict that is not from the cache.</summary>
    Fresh,
}
