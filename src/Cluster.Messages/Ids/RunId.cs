using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ProverCluster.Messages.Ids;

/// <summary>
/// Names one attempt of one backend on one goal, and proves that a report belongs: prints as <c>goal/incarnation/backend/attempt</c>.
/// </summary>
/// <param name="Goal">The goal.</param>
/// <param name="Incarnation">Which life of the goal's coordinator planned the run; larger is later.</param>
/// <param name="Backend">The backend.</param>
/// <param name="Attempt">1 for the first; more only when a node was lost.</param>
public sealed record RunId(GoalId Goal, long Incarnation, BackendName Backend, int Attempt)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out RunId? run)
    {
        run = null;
        if (text?.Split('/') is not [var goal, var incarnation, var backend, var attempt])
            return false;
        if (!GoalId.TryParse(goal, out var goalId) || !BackendName.TryParse(backend, out var name))
            return false;
        if (!long.TryParse(incarnation, NumberStyles.None, CultureInfo.InvariantCulture, out var life))
            return false;
        if (!int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return false;
        run = new RunId(goalId, life, name, number);
        return true;
    }

    /// <exception cref="FormatException">The text is not a run id.</exception>
    public static RunId Parse(string text) =>
        TryParse(text, out var run) ? run : throw new FormatException($"'{text}' is not a run id: goal/incarnation/backend/attempt");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Goal}/{Incarnation}/{Backend}/{Attempt}");
}
