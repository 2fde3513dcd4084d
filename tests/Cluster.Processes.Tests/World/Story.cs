using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Processes.World;

/// <summary>One goal as its client sees it.</summary>
internal sealed class Story(Played played) : IProgress<IGoalEvent>
{
    private readonly List<IGoalEvent> _heard = [];
    private readonly List<(int Start, TaskCompletionSource<string> At)> _waiting = [];
    private readonly TaskCompletionSource<GoalAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Played Played => played;

    public Task<GoalAnswer> Answered => _answer.Task;

    public GoalAnswer? Answer => _answer.Task.IsCompletedSuccessfully ? _answer.Task.Result : null;

    /// <summary>In how many lives of its coordinator runs were started for it.</summary>
    public int Races
    {
        get
        {
            lock (_heard)
                return _heard.OfType<GoalEvents.RunStarted>().Select(started => started.Run.Incarnation).Distinct().Count();
        }
    }

    public string Told
    {
        get
        {
            lock (_heard)
                return $"{played.Goal.Id}: {string.Join(", ", _heard.Select(Words))}";
        }
    }

    /// <summary>Where its player was started for the first, second, third time; fails at once if the goal is settled without that.</summary>
    public async Task<string> StartAsync(int number, Func<string> instead)
    {
        var at = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_heard)
            _waiting.Add((number, at));
        Look();
        await Patience.ForAsync(Task.WhenAny(at.Task, _answer.Task), $"start {number} of {played.Goal.Id}", () => $"{Told}\n{instead()}");
        Assert.True(at.Task.IsCompletedSuccessfully, $"settled without start {number}: {Told}\n{instead()}");
        return await at.Task;
    }

    public void Report(IGoalEvent value)
    {
        lock (_heard)
            _heard.Add(value);
        Look();
    }

    public void End(GoalAnswer answer) => _answer.TrySetResult(answer);

    public void Check()
    {
        Assert.True(Answer!.Verdict == played.Expected, $"{Answer.Name} is {Answer.Verdict} ({Answer.Reason}), not {played.Expected}: {string.Join("; ", Answer.Runs)}");
        Assert.True(_heard.OfType<GoalEvents.Settled>().Count() == 1, $"not settled once: {Told}");
        Assert.True(_heard.OfType<GoalEvents.Decided>().Count() == 1, $"not decided once: {Told}");
        Assert.Single(Answer.Runs, run => run.Outcome == RunOutcome.Won);
        Assert.Distinct(Answer.Runs.Select(run => run.Run));
    }

    private static string Words(IGoalEvent told) => told switch
    {
        GoalEvents.RunStarted started => $"{started.Run.Backend}/{started.Run.Attempt} started at {started.Node}",
        GoalEvents.RunEnded { Row: var row } => $"{row.Run.Backend}/{row.Run.Attempt} {row.Outcome} at {row.Node} ({row.Detail})",
        GoalEvents.Accepted accepted => $"accepted in life {accepted.Incarnation}",
        _ => told.GetType().Name,
    };

    private void Look()
    {
        lock (_heard)
        {
            var starts = _heard.OfType<GoalEvents.RunStarted>().Where(started => started.Run.Backend.Value == Played.Player).DistinctBy(started => started.Run).ToArray();
            foreach (var (start, at) in _waiting.Where(waiting => waiting.Start <= starts.Length))
                at.TrySetResult(starts[start - 1].Node);
        }
    }
}
