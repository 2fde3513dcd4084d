using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Racing;

/// <summary>Listens to one race for the moment it is decided.</summary>
internal sealed class FirstVerdict(string name, IRaceWatcher watcher) : IProgress<IGoalEvent>
{
    private readonly TaskCompletionSource<GoalEvents.Decided?> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<GoalEvents.Decided?> Task => _decided.Task;

    public void Report(IGoalEvent value)
    {
        if (value is GoalEvents.Decided decided) _decided.TrySetResult(decided);
        watcher.Happened(name, value);
    }

    /// <summary>The goal is settled; if nobody has decided it by now, nobody will.</summary>
    public void None() => _decided.TrySetResult(null);
}

/// <summary>Sees races come and go. Called from many goals at once.</summary>
internal interface IRaceWatcher
{
    void Started(string name);

    void Happened(string name, IGoalEvent what);

    void Ended(string name, Verdict verdict);
}
