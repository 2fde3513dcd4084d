using ProverCluster.Bench.Measuring;

namespace ProverCluster.Bench.Overhead;

/// <summary>Every goal in every way, once a round: what the machine does beside is shared by all.</summary>
internal sealed class Rounds(IReadOnlyList<IContender> contenders, IReadOnlyList<string> goals)
{
    private readonly Dictionary<(IContender, string), List<double>> _times =
        contenders.SelectMany(contender => goals.Select(goal => (contender, goal))).ToDictionary(key => key, _ => new List<double>());

    public async Task RunAsync(int rounds, bool counted)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var goal in goals)
            {
                for (var i = 0; i < contenders.Count; i++)
                {
                    // Another one begins each time: nobody always runs on what the same other left behind.
                    var contender = contenders[(i + round) % contenders.Count];
                    var milliseconds = await contender.DecideAsync(goal);
                    if (counted) _times[(contender, goal)].Add(milliseconds);
                }
            }
            Progress.Show(counted ? "round" : "warm-up", round + 1, rounds);
        }
    }

    public Distribution Times(IContender contender, string goal) => new(_times[(contender, goal)]);

    /// <summary>What a contender takes beyond the raw winner: the faster, by its median on that goal, of those of its provers that run raw.</summary>
    public Distribution Added(IContender contender) => new(
        from goal in goals
        let raw = contenders.OfType<RawProver>().Where(each => each.Provers.All(contender.Provers.Contains)).Min(each => Times(each, goal).P50)
        from milliseconds in _times[(contender, goal)]
        select milliseconds - raw);
}
