using ProverCluster.Messages.Ids;
using ProverCluster.Node.Tests.Provers;

namespace ProverCluster.Node.Tests.Races;

/// <summary>A backend of a spec's own, as an entry of a configuration file. It proves by printing <c>unsat</c> and refutes by <c>sat</c>.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Executable">An absolute path.</param>
/// <param name="Arguments">Its words.</param>
/// <param name="Rest">Further lines of the entry.</param>
internal sealed record Entry(string Name, string Executable, IReadOnlyList<string> Arguments, string Rest = Entry.Words)
{
    public const string Words = """reading { proved = "unsat", refuted = "sat" }""";

    /// <summary>What it is raced on.</summary>
    public string Language { get; init; } = "dimacs";

    public BackendName Backend => BackendName.Parse(Name);

    public string Hocon => $$"""
        prover-cluster.backends.{{Name}} {
          languages = [{{Language}}]
          executable = "{{Executable}}"
          arguments = [{{string.Join(", ", Arguments.Select(Quoted))}}]
          {{Rest}}
        }

        """;

    /// <summary>The puppet, with a play whose words have no spaces in them.</summary>
    public static Entry Plays(string name, string play) => new(name, Puppet.Path, play.Split(' '));

    /// <summary>A shell script: it is up within a millisecond, where the puppet takes ten.</summary>
    public static Entry Runs(string name, string script) => new(name, "/bin/sh", ["-c", script]);

    /// <summary>
    /// A shell script that is given an SMT-LIB script with nothing but a check, and answers as a prover does: what it prints there stands between the
    /// marks of the check. Then it goes on for ever, unless it ends by itself.
    /// </summary>
    public static Entry Answers(string name, string before, string verdict) =>
        new(
            name,
            "/bin/sh",
            ["-c", $"read -r line < \"$0\"; mark=${{line#*\\\"}}; mark=${{mark%%-*}}; {before}; echo $mark-0; echo {verdict}; echo $mark-1; sleep 1000", "{goal}"],
            "reading = smtlib2") { Language = "smtlib2" };

    /// <summary>The same with other lines after its arguments.</summary>
    public Entry With(string rest) => this with { Rest = rest };

    private static string Quoted(string word) => $"\"{word.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
