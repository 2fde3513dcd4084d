namespace ProverCluster.Messages.Goals;

/// <summary>What a client may say of a goal beside its text. All of it travels in one message, which may not be longer than a frame.</summary>
public static class GoalBounds
{
    /// <summary>Characters: the longest path that Linux knows.</summary>
    public const int NameLength = 4096;

    /// <summary>More than anybody has provers.</summary>
    public const int Backends = 32;

    public const int Labels = 32;

    /// <summary>Characters of a label's name, and of what it says: as Kubernetes has them, which these often end in.</summary>
    public const int LabelKeyLength = 63, LabelLength = 255;

    /// <summary>Why the goal is not taken, in one sentence; null if it is.</summary>
    public static string? Refuse(Goal goal)
    {
        if (goal.Name.Length > NameLength)
            return $"a goal's name has {goal.Name.Length} characters and may have {NameLength}";
        return goal.Backends.Count > Backends
            ? $"a goal names {goal.Backends.Count} backends and may name {Backends}"
            : RefuseLabels(goal.Labels);
    }

    /// <summary>Why these labels are not taken, in one sentence; null if they are.</summary>
    public static string? RefuseLabels(IReadOnlyDictionary<string, string> labels)
    {
        if (labels.Count > Labels)
            return $"a goal has {labels.Count} labels and may have {Labels}";
        foreach (var (key, text) in labels)
        {
            if (key.Length is 0 or > LabelKeyLength)
                return $"a label's name has {key.Length} characters and may have 1 to {LabelKeyLength}";
            if (text.Length > LabelLength)
                return $"label '{key}' has {text.Length} characters and may have {LabelLength}";
            if (key.Any(char.IsControl) || text.Any(char.IsControl))
                return "a label has a control character in it";
        }

        return null;
    }
}
