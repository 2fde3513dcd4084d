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
    /// <summary>Run this backend on that text now, in a free slot or in the one that was granted. Asked again, it is the same run.</summary>
    /// <param name="Run">Which run.</param>
    /// <param name="Grant">The granted slot, or null to take a free one if there is one.</param>
    /// <param name="Language">What the text is written in.</param>
    /// <param name="Text">The name of the text.</param>
    /// <param name="Source">The address of the node that has the text.</param>
    /// <param name="Limits">What the run may use.</param>
    public sealed record Start(RunId Run, long? Grant, GoalLanguage Language, TextDigest Text, string Source, RunLimits Limits) : IRunCommand;

    /// <summary>
    /// End this run: one without a process never has one, a running one is killed at its next tick. A run that is already
    /// ending goes on ending, and the first reason stays.
    /// </summary>
    public sealed record Preempt(RunId Run, RunStop Stop) : IRunCommand;

    /// <summary>The race is decided by this very run: it may end by itself, soon.</summary>
    public sealed record Finish(RunId Run) : IRunCommand;

    /// <summary><see cref="RunEvents.Ended"/> has arrived; the node may forget the run.</summary>
    public sealed record Heard(RunId Run) : IRunCommand;
}
