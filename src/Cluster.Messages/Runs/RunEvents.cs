using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Runs;

/// <summary>Told of a run, to its goal's coordinator. Times count from the node's receipt of <see cref="RunCommands.Start"/>.</summary>
public interface IRunEvent : IProtocolMessage
{
    RunId Run { get; }
}

public static class RunEvents
{
    /// <summary>The run left the queue and its process was started.</summary>
    public sealed record Started(RunId Run, string Node, TimeSpan At) : IRunEvent;

    /// <summary>The run's output is decisive already, although its process may not have ended.</summary>
    public sealed record Concluded(RunId Run, Verdict Verdict, SzsStatus Szs, TimeSpan At) : IRunEvent;

    /// <summary>The run is over and nothing of it is alive. Exactly one of these for every <see cref="RunCommands.Start"/>.</summary>
    public sealed record Ended(RunId Run, string Node, string? Version, RunReport Report) : IRunEvent;
}
