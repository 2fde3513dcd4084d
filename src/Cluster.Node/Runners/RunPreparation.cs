using System.Collections.Concurrent;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Backends.Readings;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Runners;

/// <summary>Prepares runs from the catalogue and the texts of this node.</summary>
/// <param name="catalogue">The provers.</param>
/// <param name="versions">Asks programs for their versions.</param>
/// <param name="texts">The goals.</param>
/// <param name="folderBytes">The most that a run's private folder may hold.</param>
internal sealed class RunPreparation(BackendCatalogue catalogue, BackendVersions versions, TextStore texts, long folderBytes) : IRunPreparation
{
    // Patterns that match in linear time cost milliseconds to make.
    private readonly ConcurrentDictionary<Backend, ReadingRules> _rules = new(ReferenceEqualityComparer.Instance);

    public PreparedRun Prepare(RunCommands.Start start)
    {
        if (catalogue.Find(start.Run.Backend, start.Language) is not { Path: { } path, Backend: { } backend } planned)
            return PreparedRun.Failed(NoStart.Unavailable, $"{start.Run.Backend} is not installed");
        if (!texts.TryGet(start.Text, out var document))
            return PreparedRun.Failed(NoStart.InputNotWritten, "the goal's text is not on this node");

        var rules = _rules.GetOrAdd(backend, ReadingRules.Of);
        var (goal, reading) = Reading.Prepare(backend.Reading.Kind(), document, rules, start.Limits.KeepOutput);
        var left = start.Limits.Wall is { } wall && wall < start.Limits.Deadline ? wall : start.Limits.Deadline;
        var command = new ProverCommand(
            start.Run.ToString(),
            path,
            backend.ArgumentsFor(left, start.Limits.MemoryBytes),
            backend.Environment,
            backend.ReadOnly,
            goal,
            backend.GoalFileName,
            backend.ResultFile,
            folderBytes);
        return PreparedRun.Ready(command, reading, () => versions.OfAsync(planned));
    }
}
