using ProverCluster.Client;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Racing;

/// <summary>Listens to one race for the moment it is decided.</summary>
internal sealed class FirstVerdict(IRaceWatcher watcher) : IProgress<RaceEvent>
{
    private readonly TaskCompletionSource<RaceEvent.Decided?> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<RaceEvent.Decided?> Task => _decided.Task;

    public void Report(RaceEvent value)
    {
        if (value is RaceEvent.Decided decided) _decided.TrySetResult(decided);
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

    void Happened(RaceEvent what);

    void Ended(GoalId goal, Verdict verdict);
}
