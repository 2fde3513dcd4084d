using System.Globalization;
using ProverCluster.Cli.Output;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Questions;

/// <summary>What can be run, for people: a table of provers below each node.</summary>
internal static class BackendLines
{
    public static string Of(IReadOnlyList<NodeView> nodes) => nodes.Count == 0 ? "no node runs provers" : string.Join('\n', nodes.SelectMany(Lines));

    private static IEnumerable<string> Lines(NodeView node)
    {
        var draining = node.IsDraining ? ", takes no more work" : "";
        yield return string.Create(CultureInfo.InvariantCulture, $"{Excerpt.Visible(node.Node)}: {node.Free} of {node.Slots} slots free, {node.Waiting} goals wait{draining}");
        var table = new TextTable(("backend", false), ("version", false), ("languages", false));
        foreach (var backend in node.Backends.GroupBy(offer => (offer.Backend, offer.Version)))
            table.Add(backend.Key.Backend.Value, Excerpt.Of(backend.Key.Version ?? Times.Never), string.Join(", ", backend.Select(offer => offer.Language.Name()).Order()));
        foreach (var line in table.Lines("  ")) yield return line;
    }
}
