using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace ProverCluster.Client.Tests;

/// <summary>What users get: one package, with the messages in it and nothing else to fetch.</summary>
public sealed class The_package
{
    [Fact]
    public async Task Carries_both_assemblies_and_depends_on_no_other()
    {
        var folder = Directory.CreateTempSubdirectory("client-package-");
        try
        {
            await PackAsync(folder.FullName);
            using var package = ZipFile.OpenRead(Assert.Single(folder.GetFiles("*.nupkg")).FullName);
            var names = package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/") || !name.Contains('/')).Order(StringComparer.Ordinal);
            Assert.Equal(
                [
                    "LICENSE", "ProverCluster.Client.nuspec", "README.md", "[Content_Types].xml",
                    "lib/net10.0/ProverCluster.Client.dll", "lib/net10.0/ProverCluster.Client.xml", "lib/net10.0/ProverCluster.Messages.dll", "lib/net10.0/ProverCluster.Messages.xml",
                ],
                names);
            await using var nuspec = package.GetEntry("ProverCluster.Client.nuspec")!.Open();
            var metadata = await XDocument.LoadAsync(nuspec, LoadOptions.None, CancellationToken.None);
            Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName is "dependency" or "frameworkReference");
            Assert.Equal("Apache-2.0", metadata.Descendants().Single(element => element.Name.LocalName == "license").Value);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // From what this very test was built with.
    private static async Task PackAsync(string folder)
    {
        var built = Path.GetRelativePath(Repo.Root, AppContext.BaseDirectory).Split(Path.DirectorySeparatorChar);
        var (runtime, configuration) = (built[1], built[4]);
        using var pack = Process.Start(new ProcessStartInfo("dotnet",
            ["pack", Path.Combine(Repo.Root, "src/Cluster.Client"), "--no-build", "--nologo", "-v:quiet", "-nodeReuse:false", $"-p:Configuration={configuration}", "-o", folder])
        {
            RedirectStandardOutput = true,
            Environment = { ["ACTOR_RUNTIME"] = runtime },
        })!;
        var said = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.True(pack.ExitCode == 0, said);
    }
}
