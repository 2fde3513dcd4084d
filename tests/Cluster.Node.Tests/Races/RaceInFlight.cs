using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Tests.Races;

/// <summary>A race that has begun, and its processes as the world sees them.</summary>
internal sealed class RaceInFlight
{
    private const int SigUsr1 = 10;

    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _withdraw = new();
    private readonly ConcurrentQueue<IGoalEvent> _events = new();
    private readonly ProverProcesses _processes;
    private readonly Task<GoalAnswer> _answer;

    public RaceInFlight(ProverNode node, Goal goal, GoalDocument document)
    {
        _processes = ProverProcesses.OfGoal(goal.Id.Value);
        _answer = node.RaceAsync(goal, document, new Listener(_events), _withdraw.Token);
    }

    public Task<GoalAnswer> Answer => _answer.WaitAsync(TooLong);

    public IEnumerable<IGoalEvent> Events => _events;

    /// <summary>Its processes that are alive, or dead and not reaped.</summary>
    public IEnumerable<int> Living => [.. _processes.Look().Select(each => each.Pid), .. _processes.EverSeen.Where(pid => Directory.Exists($"/proc/{pid}"))];

    public void Withdraw() => _withdraw.Cancel();

    /// <summary>Waits until so many puppets live; one that a shell has started goes by its interpreter's name.</summary>
    public async Task LiveAsync(int count, string? backend = null) => await Eventually.True(
        () => _processes.Look().Count(each => each.Name is "puppet" or "perl" && (backend is null || each.IsOf(backend))) >= count || _answer.IsCompleted,
        $"{count} puppets live",
        instead: () => string.Join(' ', _processes.Look().Select(each => each.Name)));

    /// <summary>Lets the one puppet go on that waits for it.</summary>
    public async Task CallAsync()
    {
        int waiting = 0;
        await Eventually.True(
            () => (waiting = _processes.Look().FirstOrDefault(each => ProverProcesses.Catches(each.Pid, SigUsr1))?.Pid ?? 0) > 0,
            "a puppet that awaits its call");
        using var kill = Process.Start("kill", ["-USR1", $"{waiting}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Nothing of what was seen of the race's processes is there any more.</summary>
    public void AssertNothingLives()
    {
        Assert.NotEmpty(_processes.EverSeen);
        Assert.Empty(Living);
    }

    private sealed class Listener(ConcurrentQueue<IGoalEvent> events) : IProgress<IGoalEvent>
    {
        public void Report(IGoalEvent value) => events.Enqueue(value);
    }
}
