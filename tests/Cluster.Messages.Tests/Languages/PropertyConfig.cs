using FsCheck;

namespace ProverCluster.Messages.Tests.Languages;

/// <summary>How many cases a property tries. A failure prints the seed, which <c>PROVER_CLUSTER_SEED</c> replays: "seed,gamma".</summary>
internal static class PropertyConfig
{
    public static Config For(int tests, int stress)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Stress.Count(tests, stress)).WithEndSize(60);
        return Environment.GetEnvironmentVariable("PROVER_CLUSTER_SEED")?.Split(',') is [var seed, var gamma]
            ? config.WithReplay(new Replay(new Rnd(ulong.Parse(seed), ulong.Parse(gamma)), null))
            : config;
    }
}
