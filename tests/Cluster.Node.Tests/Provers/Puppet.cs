using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>The prover that plays what it is told; see tests/PuppetProver/puppet.</summary>
internal static class Puppet
{
    internal static string Path => Repo.Puppet;

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
}
