using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Node;

namespace ProverCluster.Processes.World;

/// <summary>Somebody who wants goals decided all the time, so many at once, and keeps what is heard of each.</summary>
internal sealed class Load
{
    private const double Seconds = 0.3;

    private readonly IGoalRaces _races;
    private readonly List<Story> _stories = [];
    private readonly List<(int Count, Func<GoalAnswer, bool> IsIt, TaskCompletionSource Enough)> _waiting = [];
    private readonly Task _all;
    private volatile bool _isOver;

    private Load(IGoalRaces races, int inFlight)
    {
        _races = races;
        _all = Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => OneAfterTheOtherAsync()));
    }

    public static Load Start(IGoalRaces races, Form form) => new(races, form.InFlight);

    /// <summary>Waits until so many more goals are settled, counting those alone that are like that.</summary>
    public Task MoreAsync(int count, Func<GoalAnswer, bool>? likeThat = null, Func<string>? instead = null)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_stories)
            _waiting.Add((count, likeThat ?? (_ => true), enough));
        return Patience.ForAsync(Task.WhenAny(enough.Task, _all).Unwrap(), $"{count} more settled goals", () => $"{Told()}\n{instead?.Invoke()}");
    }

    /// <summary>A goal beside the others, whose winner takes its time: both its runs have started, and it will be settled.</summary>
    public (Task Started, Task Settled) Also(double seconds)
    {
        var story = new Story(Played.Next(seconds));
        return (story.BothStarted, RaceAsync(story));
    }

    /// <summary>No more goals. Each that was submitted is settled once, as it has to be.</summary>
    public async Task<IReadOnlyList<GoalAnswer>> EndAsync(Func<string> instead)
    {
        _isOver = true;
        await Patience.ForAsync(_all, "the last goals", () => $"{Told()}\n{instead()}");
        foreach (var story in _stories)
            story.Check();
        return [.. _stories.Select(story => story.Answer!)];
    }

    private async Task OneAfterTheOtherAsync()
    {
        while (!_isOver)
            await RaceAsync(new Story(Played.Next(Seconds)));
    }

    private async Task RaceAsync(Story story)
    {
        lock (_stories)
            _stories.Add(story);
        var answer = await _races.RaceAsync(story.Played.Goal, story.Played.Document, story, CancellationToken.None);
        lock (_stories)
        {
            story.Answer = answer;
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                var waiting = _waiting[i];
                if (!waiting.IsIt(answer))
                    continue;
                _waiting[i] = waiting with { Count = waiting.Count - 1 };
                if (waiting.Count > 1)
                    continue;
                waiting.Enough.SetResult();
                _waiting.RemoveAt(i);
            }
        }
    }

    private string Told()
    {
        lock (_stories)
        {
            var open = _stories.Where(story => story.Answer is null).ToArray();
            return $"{_stories.Count - open.Length} of {_stories.Count} goals are settled; the others: {string.Join("; ", open.Select(story => story.Told))}";
        }
    }

    /// <summary>One goal as its client sees it.</summary>
    private sealed class Story(Played played) : IProgress<IGoalEvent>
    {
        private readonly List<IGoalEvent> _heard = [];
        private readonly TaskCompletionSource _bothStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Played Played => played;

        public Task BothStarted => _bothStarted.Task;

        public GoalAnswer? Answer { get; set; }

        public string Told
        {
            get
            {
                lock (_heard)
                    return $"{played.Goal.Id}: {string.Join(", ", _heard.Select(Words))}";
            }
        }

        private static string Words(IGoalEvent told) => told switch
        {
            GoalEvents.RunStarted started => $"{started.Run.Backend}/{started.Run.Attempt} started at {started.Node}",
            GoalEvents.RunEnded { Row: var row } => $"{row.Run.Backend}/{row.Run.Attempt} {row.Outcome} at {row.Node} ({row.Detail})",
            GoalEvents.Accepted accepted => $"accepted in life {accepted.Incarnation}",
            _ => told.GetType().Name,
        };

        public void Report(IGoalEvent value)
        {
            lock (_heard)
            {
                _heard.Add(value);
                if (_heard.OfType<GoalEvents.RunStarted>().Count() == 2)
                    _bothStarted.TrySetResult();
            }
        }

        public void Check()
        {
            Assert.True(Answer!.Verdict == played.Expected, $"{Answer.Name} is {Answer.Verdict} ({Answer.Reason}), not {played.Expected}: {string.Join("; ", Answer.Runs)}");
            Assert.True(_heard.OfType<GoalEvents.Settled>().Count() == 1, $"not settled once: {Told}");
            Assert.True(_heard.OfType<GoalEvents.Decided>().Count() == 1, $"not decided once: {Told}");
            Assert.Single(Answer.Runs, run => run.Outcome == RunOutcome.Won);
            Assert.Distinct(Answer.Runs.Select(run => run.Run));
        }
    }
}
