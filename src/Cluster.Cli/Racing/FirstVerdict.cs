using ProverCluster.Client;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Racing;

/// <summary>Listens to one race for the moment it is decided.</summary>
internal sealed class FirstVerdict(GoalId race, IRaceWatcher watcher) : IProgress<RaceEvent>
{
    private readonly TaskCompletionSource<RaceEvent.Decided?> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<RaceEvent.Decided?> Task => _decided.Task;

    public void Report(RaceEvent value)
    {
        if (value is RaceEvent.Decided decided) _decided.TrySetResult(decided);
        watcher.Happened(race, value);
    }

    /// <summary>The goal is settled; if nobody has decided it by now, nobody will.</summary>
    public void None() => _decided.TrySetResult(null);
}

/// <summary>Sees races come and go. Called from many goals at once. Races have names of their own here: a file may be given twice.</summary>
internal interface IRaceWatcher
{
    void Started(GoalId race, string name);

    void Happened(GoalId race, RaceEvent what);

    void Ended(GoalId race, Verdict verdict);
}
