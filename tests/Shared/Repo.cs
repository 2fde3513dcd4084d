namespace ProverCluster.Testing;

/// <summary>The clone that the tests were built in, and files of it that specs use as they are.</summary>
internal static class Repo
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The prover that plays what it is told.</summary>
    public static string Puppet { get; } = Path.Combine(Root, "tests/PuppetProver/puppet");

    private static string Above(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "ProverCluster.sln")))
                return at;
        }

        throw new DirectoryNotFoundException("these tests read the clone they were built in");
    }
}
