using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Tests.Chaos;

/// <summary>What has happened in one schedule, or in many.</summary>
internal sealed class ChaosFigures
{
    private readonly SortedDictionary<string, int> _counts = [];
    private TimeSpan _time;
    private (TimeSpan Whole, TimeSpan CutOff) _double;
    private (TimeSpan Whole, TimeSpan CutOff) _outlived;

    /// <param name="answers">Of all goals.</param>
    /// <param name="faults">How often each kind of fault was.</param>
    /// <param name="settledByTwo">How many goals were settled more than once, since nobody may have heard of it before.</param>
    /// <param name="watch">What was seen of provers.</param>
    /// <param name="time">What all of it took.</param>
    public static ChaosFigures Of(
        IEnumerable<(SubmittedGoal Goal, GoalAnswer Answer)> answers, IEnumerable<KeyValuePair<string, int>> faults, int settledByTwo, ProcessWatch watch, TimeSpan time)
    {
        var figures = new ChaosFigures { _time = time, _double = watch.Doubles.Longest, _outlived = watch.Outlived.Longest };
        figures.Count("schedules", 1);
        foreach (var (what, count) in faults)
            figures.Count(what, count);
        figures.Count("settled by two", settledByTwo);
        foreach (var (goal, answer) in answers)
        {
            figures.Count("goals", 1);
            figures.Count("honest unknowns", answer.Verdict == Verdict.Unknown ? 1 : 0);
            figures.Count("lost runs", answer.Runs.Count(row => row.Outcome == RunOutcome.Lost));
            figures.Count("races begun anew", goal.Started.Select(started => started.Run.Incarnation).Distinct().Count() - 1 is > 0 and var more ? more : 0);
        }

        return figures;
    }

    public void Add(ChaosFigures other)
    {
        foreach (var (what, count) in other._counts)
            Count(what, count);
        _time += other._time;
        _double = Longer(_double, other._double);
        _outlived = Longer(_outlived, other._outlived);
    }

    /// <summary>How often that was.</summary>
    public int this[string what] => _counts.GetValueOrDefault(what);

    public override string ToString() => FormattableString.Invariant(
        $"{string.Join(", ", _counts.Select(each => $"{each.Value} {each.Key}"))}; at most {Words(_double)} with provers of two coordinators, at most {Words(_outlived)} after the verdict, where {Overdue.Allowed.TotalSeconds:0} s and {Overdue.AllowedCutOff.TotalSeconds:0} s are allowed; {_time.TotalSeconds:0} s of schedules");

    private static string Words((TimeSpan Whole, TimeSpan CutOff) longest) =>
        FormattableString.Invariant($"{longest.Whole.TotalSeconds:0.0} s ({longest.CutOff.TotalSeconds:0.0} s where links were cut)");

    private static (TimeSpan Whole, TimeSpan CutOff) Longer((TimeSpan Whole, TimeSpan CutOff) one, (TimeSpan Whole, TimeSpan CutOff) other) =>
        (one.Whole > other.Whole ? one.Whole : other.Whole, one.CutOff > other.CutOff ? one.CutOff : other.CutOff);

    private void Count(string what, int count) => _counts[what] = _counts.GetValueOrDefault(what) + count;
}
