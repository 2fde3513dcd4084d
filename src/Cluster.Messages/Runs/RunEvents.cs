using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Runs;

/// <summary>Told of a run, to its goal's coordinator. Times count from the node's receipt of <see cref="RunCommands.Start"/>.</summary>
public interface IRunEvent : IGoalMessage
{
    RunId Run { get; }

    GoalId IGoalMessage.Goal => Run.Goal;
}

public static class RunEvents
{
    /// <summary>The node cannot begin this run now; nothing of it is there.</summary>
    public sealed record Refused(RunId Run, string Node, Refusal Why) : IRunEvent;

    /// <summary>The run's process was started.</summary>
    public sealed record Started(RunId Run, string Node, TimeSpan At) : IRunEvent;

    /// <summary>The run's output is decisive already, although its process may not have ended.</summary>
    public sealed record Concluded(RunId Run, Verdict Verdict, SzsStatus Szs, TimeSpan At) : IRunEvent;

    /// <summary>
    /// The run is over and nothing of it is alive. For every <see cref="RunCommands.Start"/> this or <see cref="Refused"/> comes, this one again and again
    /// until <see cref="RunCommands.Heard"/>.
    /// </summary>
    public sealed record Ended(RunId Run, string Node, string? Version, RunReport Report) : IRunEvent;
}
