using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Racing;

/// <summary>Listens to one race for the moment it is decided.</summary>
internal sealed class FirstVerdict(IRaceWatcher watcher) : IProgress<IGoalEvent>
{
    private readonly TaskCompletionSource<GoalEvents.Decided?> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<GoalEvents.Decided?> Task => _decided.Task;

    public void Report(IGoalEvent value)
    {
        if (value is GoalEvents.Decided decided) _decided.TrySetResult(decided);
        watcher.Happened(value);
    }

    /// <summary>The goal is settled; if nobody has decided it by now, nobody will.</summary>
    public void None() => _decided.TrySetResult(null);
}

/// <summary>Sees races come and go. Called from many goals at once.</summary>
internal interface IRaceWatcher
{
    /// <param name="goal">Tells it from others of the same name: a file may be given twice.</param>
    /// <param name="name">For people.</param>
    void Started(GoalId goal, string name);

    void Happened(IGoalEvent what);

    void Ended(GoalId goal, Verdict verdict);
}
