using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Tests;

/// <summary>A goal that somebody waits for, and all that is told of it.</summary>
internal sealed class SubmittedGoal
{
    private static readonly TimeSpan s_tooLong = TimeSpan.FromMinutes(5);

    private readonly ConcurrentQueue<HeardEvent> _events = new();
    private readonly CancellationTokenSource _withdraw = new();
    private readonly Task<GoalAnswer> _answer;

    /// <param name="goal">What is asked.</param>
    /// <param name="isFlown">Whether its coordinator is heard by a flight, on whichever node that is.</param>
    /// <param name="prove">Has it answered, and told of.</param>
    public SubmittedGoal(Goal goal, bool isFlown, Func<IProgress<IGoalEvent>, CancellationToken, Task<GoalAnswer>> prove)
    {
        (Goal, IsFlown) = (goal, isFlown);
        Processes = ProverProcesses.OfGoal(goal.Id.Value);
        _answer = prove(new Listener(_events), _withdraw.Token);
    }

    public Goal Goal { get; }

    public bool IsFlown { get; }

    public GoalId Id => Goal.Id;

    public ProverProcesses Processes { get; }

    public Task<GoalAnswer> Answer => _answer.WaitAsync(s_tooLong);

    public bool IsAnswered => _answer.IsCompleted;

    public IReadOnlyCollection<HeardEvent> Events => _events;

    /// <summary>What was started, in the order in which that was heard.</summary>
    public IEnumerable<GoalEvents.RunStarted> Started => _events.Select(heard => heard.Event).OfType<GoalEvents.RunStarted>();

    public IEnumerable<GoalEvents.RunEnded> Ended => _events.Select(heard => heard.Event).OfType<GoalEvents.RunEnded>();

    /// <summary>Its processes that are alive, by which life of its coordinator they are for.</summary>
    public IEnumerable<long> LivingIncarnations => Processes.Look().Select(process => Incarnation(process.Environment)).OfType<long>().Distinct();

    public void Withdraw() => _withdraw.Cancel();

    /// <summary>Waits until so many starts of provers were heard of.</summary>
    public Task StartsAsync(int count) => Eventually.True(
        () => Started.Count() >= count || IsAnswered, $"{count} runs of {Goal.Name} have started", instead: () => string.Join(' ', _events.Select(heard => heard.Event.GetType().Name)));

    private static long? Incarnation(string environment) => environment.Split('\0')
        .Where(variable => variable.StartsWith("PROVER_CLUSTER_RUN=", StringComparison.Ordinal))
        .Select(variable => (long?)RunId.Parse(variable[19..]).Incarnation).FirstOrDefault();

    private sealed class Listener(ConcurrentQueue<HeardEvent> events) : IProgress<IGoalEvent>
    {
        public void Report(IGoalEvent value) => events.Enqueue(new HeardEvent(value, Stopwatch.GetTimestamp()));
    }
}

/// <param name="Event">What was told.</param>
/// <param name="At">When, as a timestamp.</param>
internal sealed record HeardEvent(IGoalEvent Event, long At);
