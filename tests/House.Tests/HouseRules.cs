using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ProverCluster.House;

public sealed partial class HouseRules
{
    [Fact]
    public void Every_package_is_explained_with_its_version_in_the_dependencies_page()
    {
        var central = Repository.Xml("Directory.Packages.props");
        var properties = central.Descendants("PropertyGroup").Elements().ToDictionary(e => $"$({e.Name})", e => e.Value);
        var page = Repository.Text("docs/dependencies.md").Split('\n');

        var unexplained =
            from package in central.Descendants("PackageVersion")
            let name = package.Attribute("Include")!.Value
            let written = package.Attribute("Version")!.Value
            let version = properties.GetValueOrDefault(written, written)
            where !page.Any(line => line.StartsWith($"| {name} | {version} |"))
            select $"{name} {version}";

        Assert.Empty(unexplained);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Text("ProverCluster.sln").Replace('\\', '/');

        Assert.All(Repository.Projects, project => Assert.Contains($"\"{project}\"", solution));
    }

    [Fact]
    public void Versions_of_packages_stand_in_the_central_file_alone()
    {
        var elsewhere =
            from path in Repository.Files("*.csproj").Concat(Repository.Files("*.props")).Concat(Repository.Files("*.targets"))
            where path != "Directory.Packages.props"
            from package in Repository.Xml(path).Descendants("PackageReference").Concat(Repository.Xml(path).Descendants("PackageVersion"))
            where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null || package.Element("Version") is not null
            select $"{path}: {package.Attribute("Include")?.Value}";

        Assert.Empty(elsewhere);
    }

    [Fact]
    public void The_messages_need_nothing_but_the_framework()
    {
        var project = Repository.Xml("src/Cluster.Messages/Cluster.Messages.csproj");

        Assert.Empty(project.Descendants("PackageReference").Concat(project.Descendants("ProjectReference")));
        Assert.NotEqual("true", project.Descendants("UseActors").SingleOrDefault()?.Value);
    }

    [Fact]
    public void The_client_needs_nothing_but_the_framework_and_the_messages_that_its_package_carries()
    {
        var project = Repository.Xml("src/Cluster.Client/Cluster.Client.csproj");

        Assert.Equal("../Cluster.Messages/Cluster.Messages.csproj", Assert.Single(project.Descendants("ProjectReference")).Attribute("Include")!.Value);
        Assert.All(project.Descendants("ProjectReference").Concat(project.Descendants("PackageReference")), each => Assert.Equal("all", each.Attribute("PrivateAssets")?.Value));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    [Theory]
    [InlineData("prove")]
    [InlineData("node")]
    [InlineData("test")]
    [InlineData("bench")]
    [InlineData(".ci/run")]
    public void A_script_can_be_run_as_it_is(string script)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(Path.Combine(Repository.Root, script)).HasFlag(UnixFileMode.UserExecute));
        }

        Assert.StartsWith("#!", Repository.Text(script));
    }

    [Fact]
    public void Usings_are_sorted_with_those_of_the_framework_first()
    {
        var unsorted =
            from path in Repository.Files("*.cs")
            let usings = Usings().Matches(Repository.Text(path)).Select(match => match.Groups["name"].Value).ToList()
            let sorted = usings.OrderBy(name => name == "System" || name.StartsWith("System.") ? 0 : 1)
                .ThenBy(name => name.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase)
            where !usings.SequenceEqual(sorted)
            select path;

        Assert.Empty(unsorted);
    }

    [GeneratedRegex(@"^using (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Usings();
}
