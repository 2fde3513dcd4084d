using ProverCluster.Cli.Output;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Operations;

/// <summary>Who is in the cluster, for people: a line for each node.</summary>
internal static class MemberLines
{
    public static string Of(MembersView view)
    {
        var table = new TextTable(("node", false), ("status", false), ("roles", false), ("age", true), ("version", false), ("runtime", false));
        foreach (var member in view.Members)
        {
            table.Add(
                Excerpt.Visible(member.Node) + (member.IsLeader ? " *" : ""),
                Excerpt.Visible(member.Status) + (member.IsReachable ? "" : ", out of reach"),
                Excerpt.Visible(string.Join(", ", member.Roles)),
                Times.Long(member.Self?.Age),
                Excerpt.Visible(member.Self?.Version ?? Times.Never),
                Excerpt.Visible(member.Self?.Runtime ?? Times.Never));
        }

        return string.Join('\n', table.Lines(""));
    }
}
