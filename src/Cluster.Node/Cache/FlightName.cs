using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProverCluster.Messages.Goals;

namespace ProverCluster.Node.Cache;

/// <summary>
/// Which goals share a race: those of one key that want the same of it. Nobody is to wait for provers that run one after the other who wanted them at once, or in a queue
/// behind others that it may pass.
/// </summary>
/// <param name="Key">What they ask.</param>
/// <param name="Wants">What else they want.</param>
/// <param name="IsSequential">Whether their provers run one after the other.</param>
/// <param name="Priority">Of their runs.</param>
internal sealed record FlightName(VerdictKey Key, FlightWants Wants, bool IsSequential, int Priority)
{
    /// <summary>Only a mere verdict is to be had from the cache.</summary>
    public bool LooksUp => Wants == FlightWants.Verdict;

    /// <param name="key">The goal's.</param>
    /// <param name="goal">The goal.</param>
    public static FlightName Of(VerdictKey key, Goal goal) => new(
        key,
        goal.KeepOutput ? FlightWants.Output : goal.IsFresh ? FlightWants.Fresh : FlightWants.Verdict,
        goal.Strategy == Strategy.Sequential,
        goal.Priority);

    public static bool TryParse(string? text, [NotNullWhen(true)] out FlightName? name)
    {
        name = null;
        if (text?.Split('.') is not [var key, [var wants, var order, .. var priority]] || !VerdictKey.TryParse(key, out var parsed))
            return false;
        if (!Letters.Contains(wants) || !int.TryParse(priority, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return false;
        // A flight has one name: whatever else could be read as this one is none.
        var read = new FlightName(parsed, (FlightWants)Letters.IndexOf(wants), order == 'b', number);
        name = read.ToString() == text ? read : null;
        return name is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}.{Letters[(int)Wants]}{(IsSequential ? 'b' : 'a')}{Priority}");

    /// <summary>One for each of what is wanted.</summary>
    private const string Letters = "vof";
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
