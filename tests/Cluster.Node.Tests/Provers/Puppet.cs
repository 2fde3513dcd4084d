using System.Runtime.CompilerServices;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>The prover that plays what it is told; see tests/PuppetProver/puppet.</summary>
internal static class Puppet
{
    internal static readonly string Path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "../../PuppetProver/puppet"));

    internal static ProverCommand Command(params string[] play) => new(
        Run: $"run-{Guid.NewGuid():N}",
        Executable: Path,
        Arguments: play,
        Environment: new Dictionary<string, string>(),
        ReadOnly: [],
        Goal: "(check-sat)\n"u8.ToArray(),
        GoalFileName: "goal.smt2",
        ResultFile: null,
        FolderBytes: 64 << 20);

    internal static Observed Play(this IProverLauncher launcher, params string[] play) => Observed.Start(launcher, Command(play));

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
