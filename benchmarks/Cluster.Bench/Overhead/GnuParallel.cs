using ProverCluster.Messages.Ids;
using ProverCluster.Node.Backends;

namespace ProverCluster.Bench.Overhead;

/// <summary>
/// What a user without us would type. It takes exit 0 for success, so it believes whatever ends first without an error, and needs no
/// wrapper on goals that both provers decide.
/// </summary>
internal sealed class GnuParallel(string path, IReadOnlyList<PlannedBackend> backends) : IContender
{
    public string Name => "GNU parallel";

    public IReadOnlyList<BackendName> Provers => [.. backends.Select(each => each.Backend.Name)];

    public Task<double> DecideAsync(string goal)
    {
        var commands = backends.Select(backend => string.Join(' ', RawProver.Arguments(backend, Quoted(goal))));
        return Task.FromResult(PlainProcess.Run(path, ["parallel", "--will-cite", "--jobs", "2", "--halt", "now,success=1", ":::", .. commands]));
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''")}'";
}
