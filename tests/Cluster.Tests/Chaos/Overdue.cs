namespace ProverCluster.Tests.Chaos;

/// <summary>For how long provers were at work that should not have been, at the longest: on nodes whose links have all been whole, and on others.</summary>
/// <param name="what">What is wrong about them.</param>
/// <param name="wasCutOff">Whether a link of the node with that mark was ever cut.</param>
internal sealed class Overdue(string what, Func<string, bool> wasCutOff)
{
    /// <summary>A message, a tick and a kill. What a look at all processes takes is in it, too.</summary>
    public static TimeSpan Allowed => Stress.IsWanted ? s_promised : Busy.Promised(s_promised);

    /// <summary>
    /// A node that is cut off ends its provers when it finds that it is not of the majority, one that is in reach again when it hears of their coordinators' end
    /// or has waited ten seconds for another; before that there may be provers of a race that goes on without them.
    /// </summary>
    public static TimeSpan AllowedCutOff { get; } = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_promised = TimeSpan.FromSeconds(2);

    private (TimeSpan Time, string Runs) _whole = (TimeSpan.Zero, "");
    private (TimeSpan Time, string Runs) _cut = (TimeSpan.Zero, "");

    public (TimeSpan Whole, TimeSpan CutOff) Longest => (_whole.Time, _cut.Time);

    /// <param name="node">The mark of their node.</param>
    /// <param name="time">For how long by now.</param>
    /// <param name="runs">All of the goal, for people.</param>
    public void Add(string node, TimeSpan time, string runs)
    {
        ref var longest = ref wasCutOff(node) ? ref _cut : ref _whole;
        if (time > longest.Time)
            longest = (time, $"at {node}, of {runs}");
    }

    public void Judge()
    {
        Assert.True(_whole.Time < Allowed, $"{what} for {_whole.Time}, and no link of theirs was cut: {_whole.Runs}");
        Assert.True(_cut.Time < AllowedCutOff, $"{what} for {_cut.Time}: {_cut.Runs}");
    }
}
