using System.Collections.Concurrent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node;

namespace ProverCluster.Cli.Tests;

/// <summary>Races that end as the test says, when the test says.</summary>
internal sealed class FakeRaces : IGoalRaces
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private int _racing;
    private int _mostAtOnce;

    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>From a goal to its story; by default z3 proves it.</summary>
    public Func<Goal, GoalAnswer> Answer { get; set; } = goal => Stories.Proved(goal);

    public Func<Task> Dispose { get; init; } = () => Task.CompletedTask;

    /// <summary>True for races that go on although they are withdrawn.</summary>
    public bool AreDeaf { get; init; }

    public ConcurrentQueue<Goal> Goals { get; } = new();

    public int MostAtOnce => _mostAtOnce;

    /// <summary>The goal of that file name is not settled before it is released.</summary>
    public void Hold(params string[] fileNames)
    {
        foreach (var name in fileNames) _gates[name] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release(string fileName) => _gates[fileName].SetResult();

    public async Task WaitForAsync(string fileName)
    {
        while (Goals.All(goal => Path.GetFileName(goal.Name) != fileName)) await Task.Delay(5);
    }

    public async Task<GoalAnswer> RaceAsync(Goal goal, GoalDocument document, IProgress<IGoalEvent>? progress, CancellationToken withdraw)
    {
        InterlockedMax(ref _mostAtOnce, Interlocked.Increment(ref _racing));
        Goals.Enqueue(goal);
        try
        {
            var answer = Answer(goal);
            progress?.Report(new GoalEvents.Accepted(goal.Id, 1, goal.Backends));
            if (answer.Verdict.IsDecisive()) progress?.Report(new GoalEvents.Decided(goal.Id, answer.Verdict, answer.Szs!.Value, answer.Winner!, answer.Decided!.Value));
            if (_gates.TryGetValue(Path.GetFileName(goal.Name), out var gate)) await gate.Task.WaitAsync(AreDeaf ? CancellationToken.None : withdraw);
            progress?.Report(new GoalEvents.Settled(goal.Id, answer));
            return answer;
        }
        catch (OperationCanceledException)
        {
            return Stories.Withdrawn(goal);
        }
        finally
        {
            Interlocked.Decrement(ref _racing);
        }
    }

    public Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<NodeView>>(
    [
        new NodeView("here", 4, 3, 1, false,
        [
            new BackendOffer(BackendName.Parse("z3"), GoalLanguage.SmtLib2, "4.8.12"),
            new BackendOffer(BackendName.Parse("z3"), GoalLanguage.Dimacs, "4.8.12"),
            new BackendOffer(BackendName.Parse("eprover"), GoalLanguage.Tptp, null),
        ]),
    ]);

    public ValueTask DisposeAsync() => new(Dispose());

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target) Interlocked.CompareExchange(ref target, value, seen);
    }
}

/// <summary>What may come of a goal.</summary>
internal static class Stories
{
    public static readonly RunRowTimes NoTimes = new(null, null, null, null, null, null, null);

    public static RunId Run(GoalId goal, string backend) => new(goal, 1, BackendName.Parse(backend), 1);

    public static GoalAnswer Proved(Goal goal) => Decided(goal, Verdict.Proved, SzsStatus.Unsatisfiable);

    public static GoalAnswer Refuted(Goal goal) => Decided(goal, Verdict.Refuted, SzsStatus.Satisfiable);

    public static GoalAnswer Undecided(Goal goal) =>
        new(goal.Id, goal.Name, Verdict.Unknown, null, null, null, Ms(10_000), "every backend gave up", [], null);

    public static GoalAnswer Withdrawn(Goal goal) =>
        new(goal.Id, goal.Name, Verdict.Withdrawn, null, null, null, Ms(20), "interrupted",
            [new RunRow(Run(goal.Id, "z3"), null, "here", RunOutcome.Withdrawn, -5, SzsStatus.Unknown, null, NoTimes, RunUsage.None, new RunStop(StopReason.Withdrawn, "interrupted"))], null);

    public static GoalAnswer Decided(Goal goal, Verdict verdict, SzsStatus szs, string? output = null) =>
        new(goal.Id, goal.Name, verdict, szs, Run(goal.Id, "z3"), Ms(12), Ms(14.6), null, Race(goal.Id, szs), output);

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static IReadOnlyList<RunRow> Race(GoalId goal, SzsStatus szs) =>
    [
        new RunRow(
            Run(goal, "z3"), "4.8.12", "here", RunOutcome.Won, 0, szs, null,
            new RunRowTimes(Ms(0.1), Ms(0.4), Ms(11.4), null, null, Ms(12), Ms(12.1)),
            new RunUsage(Ms(9.8), 29_464_986), null),
        new RunRow(
            Run(goal, "cvc5"), null, "here", RunOutcome.Preempted, -5, SzsStatus.Unknown, null,
            new RunRowTimes(Ms(0.1), Ms(0.6234), null, Ms(12), Ms(14.1), Ms(14.5), Ms(14.6)),
            RunUsage.None, new RunStop(StopReason.Preempted, "z3 proved the goal")),
    ];
}
