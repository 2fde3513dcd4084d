using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Runs;

/// <summary>Asked of a run, by its goal's coordinator. Each carries the run's own id.</summary>
public interface IRunCommand : IProtocolMessage
{
    RunId Run { get; }
}

public static class RunCommands
{
    /// <summary>Run this backend on that text as soon as there is a slot. Reports go to the sender.</summary>
    /// <param name="Run">Which run.</param>
    /// <param name="Language">What the text is written in.</param>
    /// <param name="Text">The name of the text.</param>
    /// <param name="Limits">What the run may use.</param>
    /// <param name="FirstVerdictEnds">
    /// Whether the first decisive verdict ends the race: then a node that has seen one starts none of the goal's runs that wait there, and
    /// need not hear from the coordinator first.
    /// </param>
    public sealed record Start(RunId Run, GoalLanguage Language, TextDigest Text, RunLimits Limits, bool FirstVerdictEnds) : IRunCommand;

    /// <summary>
    /// End this run: a queued one never starts, a running one is killed at its next tick. A run that is already
    /// ending goes on ending, and the first reason stays.
    /// </summary>
    public sealed record Preempt(RunId Run, RunStop Stop) : IRunCommand;

    /// <summary>The race is decided by this very run: it may end by itself, soon.</summary>
    public sealed record Finish(RunId Run) : IRunCommand;
}
