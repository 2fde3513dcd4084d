using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ProverCluster.Deploy;

/// <summary>What can be said of the image without making it.</summary>
public sealed partial class ImageSpec : IDisposable
{
    private static readonly string s_text = Text("deploy/docker/Dockerfile");

    private readonly string _folder = Directory.CreateTempSubdirectory("image-spec-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_copied_should_be_there_and_sent_to_the_builder()
    {
        var sent = Text("deploy/docker/Dockerfile.dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..].TrimEnd('/')).ToArray();
        var sources = Sources();
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(Repo.Root, source)), source));
        Assert.All(sources, source => Assert.Contains(sent, pattern => Regex.IsMatch(source, $"^{Regex.Escape(pattern).Replace("\\*", "[^/]*")}$")));
    }

    [Fact]
    public void It_should_have_every_program_that_the_scripts_install()
    {
        var packages = Programs().Match(Text("build/setup.sh")).Groups["list"].Value.Split(' ').Select(program => program.Split('=')[1]);
        Assert.All(packages, package => Assert.Matches($@"(?m)^\s.*\b{package}\b", s_text));
    }

    [Fact]
    public void It_should_be_of_this_version_and_demand_the_akka_runtime()
    {
        Assert.Contains($"-t prover-cluster:{Version} ", s_text);
        Assert.Contains($"newTag: {Version}\n", Text("deploy/k8s/base/kustomization.yaml"));
        Assert.Contains("ENV ACTOR_RUNTIME=akka ", s_text);
    }

    [OverlaysTheory]
    [InlineData("base")]
    public async Task It_should_be_the_one_that_pods_are_made_of(string overlay)
    {
        foreach (var pod in (await Manifests.OfAsync(overlay)).Pods)
        {
            Assert.Equal($"prover-cluster:{Version}", pod.Container.At("image").GetString());
            Assert.Contains($"USER {pod.Spec.At("securityContext.runAsUser").GetInt32()}:{pod.Spec.At("securityContext.runAsGroup").GetInt32()}\n", s_text);
            Assert.Contains($"EXPOSE {string.Join(' ', pod.Container.Each("ports").Select(port => port.At("containerPort").GetInt32()))}\n", s_text);
        }
    }

    /// <summary>In a folder with what is copied, and nothing else.</summary>
    [StressFact("bash")]
    public async Task Its_build_should_make_a_node_of_the_akka_runtime()
    {
        foreach (var source in Sources())
            await Run.DoAsync("cp", "-r", Path.Combine(Repo.Root, source), _folder);
        var line = Publish().Match(s_text).Groups["line"].Value.Replace(" /node", $" {_folder}/node");
        Assert.Contains("dotnet publish", line);
        using var build = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", $"{line} -nodeReuse:false 2>&1"]) { WorkingDirectory = _folder, Environment = { ["ACTOR_RUNTIME"] = "akka" }, RedirectStandardOutput = true })!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, said);
        Assert.Contains("(Akka.NET", await Run.DoAsync($"{_folder}/node/{Path.GetFileName(Entry().Match(s_text).Groups["path"].Value)}", "--version"));
    }

    private static string Version => XElement.Parse(Text("Directory.Build.props")).Descendants("Version").Single().Value;

    private static string[] Sources() => [.. Copies().Matches(s_text).SelectMany(copy => copy.Groups["sources"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(source => source.TrimEnd('/'))];

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repo.Root, path));

    [GeneratedRegex("^COPY (?!--from)(?<sources>.*) [^ ]+$", RegexOptions.Multiline)]
    private static partial Regex Copies();

    [GeneratedRegex("^RUN (?<line>dotnet publish .*)$", RegexOptions.Multiline)]
    private static partial Regex Publish();

    [GeneratedRegex("^programs='(?<list>[^']*)'", RegexOptions.Multiline)]
    private static partial Regex Programs();

    [GeneratedRegex("\"(?<path>/opt/[^\"]*)\"\\]$", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
