using System.Runtime.CompilerServices;
using Akka.Event;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Node.Telemetry;

/// <summary>A line of ours in the log: what it is, whatever its words, and of whom it is.</summary>
/// <param name="Id">Names the kind of event for good: alarms are made on it.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Text">For people. Never a goal's text, nor what a prover printed.</param>
/// <param name="Name">The same as the id, as a word.</param>
internal sealed record LogLine(int Id, LogLevel Level, string Text, [CallerMemberName] string Name = "")
{
    public GoalId? Goal { get; init; }

    public RunId? Run { get; init; }

    /// <summary>What it is told of, for whoever is told more than warnings.</summary>
    public Exception? Cause { get; init; }

    public override string ToString() => Text;
}
