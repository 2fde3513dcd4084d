using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ProverCluster.Api.Fuzz;

/// <summary>What came back, by its status and code: a fuzz whose requests are all turned away at the door would find nothing.</summary>
internal sealed partial class Tally
{
    /// <summary>What is said before a route has looked at the request.</summary>
    private static readonly string[] AtTheDoor = ["", "bad-host", "bad-origin", "unknown-route", "wrong-method"];

    private readonly ConcurrentDictionary<(string Status, string Code), int> _answers = new();
    private int _settled;

    public int Count => _answers.Values.Sum();

    /// <summary>The share of the requests that a route has answered.</summary>
    public double Reached => Share(answer => answer.Status[0] == '2' || !AtTheDoor.Contains(answer.Code));

    /// <summary>The share of those that had a goal accepted and did not wait for it.</summary>
    public double Accepted => Share(answer => answer.Status == "202");

    /// <summary>The share of those that saw a goal settled.</summary>
    public double Settled => (double)_settled / Count;

    /// <summary>Counts an answer, and says whether it is one that a node may give: the connection was closed, or no failure of the node's own was told.</summary>
    /// <param name="said">All that came over the connection; null if it had no end.</param>
    public bool IsGood(string? said)
    {
        if (said is null)
            return false;
        var statuses = StatusLine().Matches(said).Select(line => line.Groups[1].Value).ToList();
        var last = statuses.LastOrDefault(said.Length == 0 ? "closed" : "nonsense");
        _answers.AddOrUpdate((last, last[0] is '4' or '5' ? Code().Matches(said).LastOrDefault()?.Groups[1].Value ?? "" : ""), 1, (_, count) => count + 1);
        if (said.Contains("\"state\":\"settled\"", StringComparison.Ordinal))
            Interlocked.Increment(ref _settled);
        return last != "nonsense" && statuses.All(status => status is "501" or "503" or "505" || status[0] is >= '1' and <= '4');
    }

    public override string ToString() => FormattableString.Invariant($"{Reached:P0} reached a route, {Accepted:P0} had a goal accepted, {Settled:P0} saw one settled: ")
        + string.Join(", ", _answers.OrderBy(each => each.Key).Select(each => $"{each.Value} {each.Key.Status} {each.Key.Code}".TrimEnd()));

    private double Share(Func<(string Status, string Code), bool> isMeant) => (double)_answers.Where(each => isMeant(each.Key)).Sum(each => each.Value) / Count;

    [GeneratedRegex(@"HTTP/1\.[01] (\d{3}) ")]
    private static partial Regex StatusLine();

    [GeneratedRegex("\"code\":\"([a-z-]+)\"")]
    private static partial Regex Code();
}
