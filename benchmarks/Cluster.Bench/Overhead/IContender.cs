using ProverCluster.Messages.Ids;

namespace ProverCluster.Bench.Overhead;

/// <summary>A way to have a goal decided.</summary>
internal interface IContender
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>The provers that may decide.</summary>
    IReadOnlyList<BackendName> Provers { get; }

    /// <returns>Milliseconds until the verdict was there.</returns>
    Task<double> DecideAsync(string goal);
}
