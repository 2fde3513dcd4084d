using ProverCluster.Messages.Ids;
using ProverCluster.Node.Backends;

namespace ProverCluster.Bench.Overhead;

/// <summary>A prover as nobody can have it faster.</summary>
internal sealed class RawProver(PlannedBackend backend) : IContender
{
    public string Name => $"raw {backend.Backend.Name}";

    public IReadOnlyList<BackendName> Provers => [backend.Backend.Name];

    public Task<double> DecideAsync(string goal) => Task.FromResult(PlainProcess.Run(backend.Path!, Arguments(backend, goal)));

    /// <summary>What the catalogue would give it, with the name of the program first.</summary>
    public static string[] Arguments(PlannedBackend backend, string goal) =>
        [backend.Backend.Executable, .. backend.Backend.Arguments.Select(argument => argument.Replace("{goal}", goal))];
}
