using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Nodes;

/// <summary>A run on a node, as of now.</summary>
/// <param name="Run">Which; null for one that is none of the asker's business.</param>
/// <param name="Backend">The prover.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Age">Since the node was asked for it.</param>
/// <param name="Use">What it uses; null where it has no process, or its runner did not answer.</param>
public sealed record RunView(RunId? Run, BackendName Backend, RunStage Stage, TimeSpan Age, RunUse? Use);

/// <param name="Processes">The ids of those that live, on the node's machine; null where they are none of the asker's business.</param>
/// <param name="Cpu">Processor time of all that ever lived.</param>
/// <param name="RssBytes">Memory of those that live.</param>
/// <param name="OutputBytes">What was printed so far.</param>
/// <param name="TickLate">How late its runner took the last tick.</param>
/// <param name="WorstTickLate">And how late it took any.</param>
public sealed record RunUse(IReadOnlyList<int>? Processes, TimeSpan Cpu, long RssBytes, long OutputBytes, TimeSpan TickLate, TimeSpan WorstTickLate);

/// <summary>How far a run has come on its node.</summary>
public enum RunStage
{
    /// <summary>The goal's text is on its way.</summary>
    Fetching,

    /// <summary>It has a runner, and no process yet.</summary>
    Starting,

    Running,

    /// <summary>It is being killed.</summary>
    Stopping,

    /// <summary>Its end was told, and is not confirmed; or a process that its runner left is being killed.</summary>
    Ended,
}

public static class RunStages
{
    /// <summary>The word in JSON.</summary>
    public static string Word(this RunStage stage) => stage switch
    {
        RunStage.Fetching => "fetching",
        RunStage.Starting => "starting",
        RunStage.Running => "running",
        RunStage.Stopping => "stopping",
        RunStage.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "no such stage"),
    };
}

/// <summary>What a node runs.</summary>
/// <param name="Node">The node.</param>
/// <param name="Runs">The longest first.</param>
public sealed record NodeRunsView(string Node, IReadOnlyList<RunView> Runs);
