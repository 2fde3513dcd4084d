using System.Collections.Concurrent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node;

namespace ProverCluster.Tests;

/// <summary>A goal that somebody waits for, and all that is told of it.</summary>
internal sealed class SubmittedGoal
{
    private static readonly TimeSpan s_tooLong = TimeSpan.FromMinutes(5);

    private readonly ConcurrentQueue<IGoalEvent> _events = new();
    private readonly CancellationTokenSource _withdraw = new();
    private readonly Task<GoalAnswer> _answer;

    public SubmittedGoal(ProverNode client, Goal goal, GoalDocument document)
    {
        Goal = goal;
        Processes = ProverProcesses.OfGoal(goal.Id.Value);
        _answer = client.RaceAsync(goal, document, new Listener(_events), _withdraw.Token);
    }

    public Goal Goal { get; }

    public GoalId Id => Goal.Id;

    public ProverProcesses Processes { get; }

    public Task<GoalAnswer> Answer => _answer.WaitAsync(s_tooLong);

    public bool IsAnswered => _answer.IsCompleted;

    public IReadOnlyCollection<IGoalEvent> Events => _events;

    /// <summary>What was started, in the order in which that was heard.</summary>
    public IEnumerable<GoalEvents.RunStarted> Started => _events.OfType<GoalEvents.RunStarted>();

    public IEnumerable<GoalEvents.RunEnded> Ended => _events.OfType<GoalEvents.RunEnded>();

    public void Withdraw() => _withdraw.Cancel();

    /// <summary>Waits until so many starts of provers were heard of.</summary>
    public Task StartsAsync(int count) => Eventually.True(
        () => Started.Count() >= count || IsAnswered, $"{count} runs of {Goal.Name} have started", instead: () => string.Join(' ', _events.Select(told => told.GetType().Name)));

    private sealed class Listener(ConcurrentQueue<IGoalEvent> events) : IProgress<IGoalEvent>
    {
        public void Report(IGoalEvent value) => events.Enqueue(value);
    }
}
