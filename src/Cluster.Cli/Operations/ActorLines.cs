using System.Globalization;
using ProverCluster.Cli.Output;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Operations;

/// <summary>The actors of a node, for people: each below its parent, a step to the right.</summary>
internal static class ActorLines
{
    public static string Of(ActorTreeView view)
    {
        var table = new TextTable(("actor", false), ("kind", false), ("state", false), ("mailbox", true), ("age", true), ("serves", false));
        var above = Generation(view.Path);
        foreach (var actor in view.Actors)
        {
            var below = Generation(actor.Path) - above;
            table.Add(
                Excerpt.Visible(below > 0 ? new string(' ', 2 * below) + actor.Path.Split('/')[^1] : actor.Path),
                Excerpt.Visible(actor.Kind),
                Excerpt.Visible(actor.Words?.State ?? Times.Never),
                actor.Mailbox.ToString(CultureInfo.InvariantCulture),
                Times.Long(actor.Words?.Age),
                actor.Words?.Run?.ToString() ?? actor.Words?.Goal?.Value ?? Times.Never);
        }

        return string.Join('\n', table.Lines("").Prepend(Excerpt.Visible(view.Node)));
    }

    private static int Generation(string path) => path.TrimEnd('/').Count(letter => letter == '/');
}
