using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProverCluster.Messages.Goals;

namespace ProverCluster.Node.Cache;

/// <summary>
/// Which goals share a race: those of one key that want the same of it, under the same caps. Nobody is to wait for provers that run one after the other who wanted them at once, in a queue
/// behind others that it may pass, or for provers that may use less than its own.
/// </summary>
/// <param name="Key">What they ask.</param>
/// <param name="Wants">What else they want.</param>
/// <param name="IsSequential">Whether their provers run one after the other.</param>
/// <param name="Priority">Of their runs.</param>
/// <param name="Caps">16 hexadecimal digits, the same for all goals whose runs may use the same.</param>
internal sealed record FlightName(VerdictKey Key, FlightWants Wants, bool IsSequential, int Priority, string Caps)
{
    private const int CapDigits = 16;

    /// <summary>Only a mere verdict is to be had from the cache.</summary>
    public bool LooksUp => Wants == FlightWants.Verdict;

    /// <param name="key">The goal's.</param>
    /// <param name="goal">The goal.</param>
    public static FlightName Of(VerdictKey key, Goal goal) => new(
        key,
        goal.KeepOutput ? FlightWants.Output : goal.IsFresh ? FlightWants.Fresh : FlightWants.Verdict,
        goal.Strategy == Strategy.Sequential,
        goal.Priority,
        CapsOf(goal.Limits));

    public static bool TryParse(string? text, [NotNullWhen(true)] out FlightName? name)
    {
        name = null;
        if (text?.Split('.') is not [var key, [var wants, var order, .. var priority], { Length: CapDigits } caps] || !VerdictKey.TryParse(key, out var parsed) || !VerdictKey.AreDigits(caps))
            return false;
        if (!Letters.Contains(wants) || !int.TryParse(priority, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return false;
        // A flight has one name: whatever else could be read as this one is none.
        var read = new FlightName(parsed, (FlightWants)Letters.IndexOf(wants), order == 'b', number, caps);
        name = read.ToString() == text ? read : null;
        return name is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}.{Letters[(int)Wants]}{(IsSequential ? 'b' : 'a')}{Priority}.{Caps}");

    private static string CapsOf(GoalLimits limits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{limits.RunTimeout?.Ticks} {limits.RunCpu?.Ticks} {limits.MemoryBytes} {limits.OutputBytes}"))))[..CapDigits];

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
