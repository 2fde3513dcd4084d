using ProverCluster.Messages.Ids;

namespace ProverCluster.Tests;

/// <summary>A backend of a spec's own, as an entry of a configuration file. It proves by printing <c>unsat</c> and refutes by <c>sat</c>.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Executable">An absolute path.</param>
/// <param name="Arguments">Its words.</param>
/// <param name="Version">What it says when it is asked for its version; null if it cannot tell. A shell alone can.</param>
internal sealed record Entry(string Name, string Executable, IReadOnlyList<string> Arguments, string? Version = null)
{
    public BackendName Backend => BackendName.Parse(Name);

    /// <param name="node">What is in the environment of all that it starts.</param>
    public string Hocon(string node) => $$"""
        prover-cluster.backends.{{Name}} {
          languages = [dimacs]
          executable = "{{Executable}}"
          arguments = {{List(Arguments)}}
          version-arguments = {{List(Version is null ? [] : ["-c", $"echo {Version}"])}}
          reading { proved = "unsat", refuted = "sat" }
          environment { {{TestNode.Variable}} = "{{node}}" }
        }

        """;

    /// <summary>The puppet, with a play whose words have no spaces in them. <c>goal {goal}</c> in it is where the goal's own play comes.</summary>
    public static Entry Plays(string name, string play) => new(name, Repo.Puppet, play.Split(' '));

    /// <summary>A shell script.</summary>
    public static Entry Runs(string name, string script, string? version = null) => new(name, "/bin/sh", ["-c", script], version);

    private static string List(IReadOnlyList<string> words) => $"[{string.Join(", ", words.Select(word => $"\"{word}\""))}]";
}
