using ProverCluster.Messages.Goals;
using ProverCluster.Node;

namespace ProverCluster.Processes.World;

/// <summary>Somebody who wants goals decided all the time, so many at once, and keeps what is heard of each.</summary>
internal sealed class Load
{
    private const double Seconds = 0.5;

    /// <summary>For one of many goals to be settled, one of three nodes missing.</summary>
    private static readonly TimeSpan s_each = TimeSpan.FromMilliseconds(200);

    private readonly IGoalRaces _races;
    private readonly List<Story> _stories = [];
    private readonly List<(int Count, Func<GoalAnswer, bool> IsIt, TaskCompletionSource Enough)> _waiting = [];
    private readonly List<Task> _beside = [];
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
        // Many goals take their time, beside what happens to the nodes.
        return Patience.ForAsync(
            Task.WhenAny(enough.Task, _all).Unwrap(), $"{count} more settled goals", () => $"{Told()}\n{instead?.Invoke()}", Patience.Usual + (count * s_each));
    }

    /// <summary>A goal beside the others, which will be settled too.</summary>
    public Story Beside(Played played)
    {
        var story = new Story(played);
        var race = RaceAsync(story);
        lock (_stories)
            _beside.Add(race);
        return story;
    }

    /// <summary>No more goals. Each that was submitted is settled once, as it has to be.</summary>
    public async Task<IReadOnlyList<GoalAnswer>> EndAsync(Func<string> instead)
    {
        _isOver = true;
        await Patience.ForAsync(Task.WhenAll([_all, .. _beside]), "the last goals", () => $"{Told()}\n{instead()}");
        foreach (var story in _stories)
            story.Check();
        return [.. _stories.Select(story => story.Answer!)];
    }

    /// <summary>Every goal was begun by one coordinator, and went on with the same race wherever that moved.</summary>
    public void AssertNoneWasBegunTwice()
    {
        lock (_stories)
            Assert.Empty(_stories.Where(story => story.Races > 1).Select(story => story.Told));
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
            story.End(answer);
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
}
