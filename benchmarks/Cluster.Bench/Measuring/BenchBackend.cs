using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;

namespace ProverCluster.Bench.Measuring;

/// <summary>Entries for provers that stand in for provers: nothing about them but what they are started with, and how they are read.</summary>
internal static class BenchBackend
{
    public static Backend Of(BackendName name, GoalLanguage language, BackendReading reading, string executable, params string[] arguments) => new(
        name,
        language,
        executable,
        arguments,
        VersionArguments: [],
        reading,
        AcceptedExits: [0],
        Malformed: [],
        ReadOnly: [],
        new Dictionary<string, string>(),
        ResultFile: null,
        Package: null,
        Default: true);
}
