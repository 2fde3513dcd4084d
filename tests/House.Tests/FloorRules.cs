using System.Text.RegularExpressions;

namespace ProverCluster.House;

/// <summary>A goal falls through the floors of the node in one direction: no folder imports one above it.</summary>
public sealed partial class FloorRules
{
    private const string Node = "src/Cluster.Node";

    /// <summary>The folders of the node from top to bottom. Folders on one line do not know each other.</summary>
    private static readonly string[][] Floors =
    [
        ["Recovery"],
        ["Records"],
        ["Cache"],
        ["Goals"],
        ["Nodes"],
        ["Runners"],
        ["Texts"],
        ["Backends"],
        ["Provers"],
    ];

    /// <summary>Beside the floors: these may import all of them and each other. A new folder is given its place here or above.</summary>
    private static readonly string[] Stairs = ["Api", "Configuration", "Hosting", "Inspection", "Lifetime", "Membership", "Store", "Telemetry", "Wire"];

    [Fact]
    public void No_folder_of_the_node_imports_one_above_it()
    {
        var wrong =
            from path in Repository.Files("*.cs", Node)
            let folder = FolderOf(path)
            let floor = FloorOf(folder)
            where floor >= 0
            from import in Imports().Matches(Repository.Text(path)).Select(match => match.Groups["folder"].Value).Distinct()
            where import != folder && FloorOf(import) >= 0 && FloorOf(import) <= floor
            select $"{path} imports {import}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_of_the_node_has_its_place()
    {
        var known = Floors.SelectMany(floor => floor).Concat(Stairs).Append("");

        Assert.Empty(Repository.Files("*.cs", Node).Select(FolderOf).Distinct().Except(known));
    }

    [Fact]
    public void Only_the_command_line_and_the_node_know_the_node()
    {
        var wrong =
            from folder in new[] { "src/Cluster.Messages", "src/Cluster.Client" }
            where Directory.Exists(Path.Combine(Repository.Root, folder))
            from path in Repository.Files("*.cs", folder)
            where Repository.Text(path).Contains("ProverCluster.Node") || Repository.Text(path).Contains("using Akka")
            select path;

        Assert.Empty(wrong);
    }

    private static string FolderOf(string path)
    {
        var parts = path[(Node.Length + 1)..].Split('/');
        return parts.Length > 1 ? parts[0] : "";
    }

    private static int FloorOf(string folder) => Array.FindIndex(Floors, floor => floor.Contains(folder));

    [GeneratedRegex(@"^(global )?using (static |\w+ = )?ProverCluster\.Node\.(?<folder>\w+)", RegexOptions.Multiline)]
    private static partial Regex Imports();
}
