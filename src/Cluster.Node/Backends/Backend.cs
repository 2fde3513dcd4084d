using System.Globalization;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Backends;

/// <summary>A kind of prover as it is run on goals of one language: an entry of <c>hocon/backends.conf</c>, checked.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Language">The language of this entry; a prover of two languages has two.</param>
/// <param name="Executable">A name to find on PATH, or an absolute path.</param>
/// <param name="Arguments">With placeholders; see <see cref="ArgumentsFor"/>.</param>
/// <param name="VersionArguments">What makes it tell its version; empty where it cannot.</param>
/// <param name="Reading">How its output is read.</param>
/// <param name="AcceptedExits">The exit values of a run that went well; any other is an error.</param>
/// <param name="Malformed">What it says of a text that is no goal.</param>
/// <param name="ReadOnly">Absolute folders that it needs to see beyond the system's own.</param>
/// <param name="Environment">Added to a clean environment.</param>
/// <param name="ResultFile">A file in its private folder that it writes its model to, or null.</param>
/// <param name="Package">The Debian package to name when it is missing, or null.</param>
/// <param name="Default">False for a prover that nobody misses: unless named, it runs only where it is installed.</param>
public sealed record Backend(
    BackendName Name,
    GoalLanguage Language,
    string Executable,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> VersionArguments,
    BackendReading Reading,
    IReadOnlyList<int> AcceptedExits,
    IReadOnlyList<string> Malformed,
    IReadOnlyList<string> ReadOnly,
    IReadOnlyDictionary<string, string> Environment,
    string? ResultFile,
    string? Package,
    bool Default)
{
    /// <summary>The placeholders that may stand in <see cref="Arguments"/>.</summary>
    public static readonly IReadOnlyList<string> Placeholders = ["{goal}", "{timeout-s}", "{memory-mib}", "{folder}"];

    /// <summary>The name of the goal's file: provers look at its ending.</summary>
    public string GoalFileName => "goal" + GoalLanguages.All.First(entry => entry.Language == Language).Endings[0];

    /// <summary>The arguments with its limits filled in; <c>{goal}</c> and <c>{folder}</c> are left to the launcher, which alone knows the paths.</summary>
    public IReadOnlyList<string> ArgumentsFor(TimeSpan timeLeft, long memoryBytes)
    {
        // Rounded up: our own tick ends the run, the prover's timer is only there to let it stop by itself.
        var seconds = Math.Max(1, (long)Math.Ceiling(timeLeft.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var mebibytes = Math.Max(1, memoryBytes >> 20).ToString(CultureInfo.InvariantCulture);
        return [.. Arguments.Select(each => each.Replace("{timeout-s}", seconds).Replace("{memory-mib}", mebibytes))];
    }
}
