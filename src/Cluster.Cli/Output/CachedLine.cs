using System.Globalization;
using ProverCluster.Messages.Goals;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Output;

/// <summary>In the place of a table of runs, where there were none: whose the verdict was in the earlier race.</summary>
internal static class CachedLine
{
    /// <summary>Null for a goal that was raced for.</summary>
    public static string? Of(AnswerOrigin? origin)
    {
        if (origin is not { IsCached: true, Verdict: { } from }) return null;
        var who = Excerpt.Of($"{from.Backend} {from.Version}".TrimEnd());
        var agreed = from.Agreed.Count > 0 ? $", and {string.Join(", ", from.Agreed)} agreed" : "";
        var at = DateTimeOffset.FromUnixTimeMilliseconds(from.SettledAt).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"from an earlier race: {who} in {Times.Shown(from.Decided)} on {Excerpt.Of(from.Node ?? "a node")}, {at} UTC{agreed}";
    }
}
