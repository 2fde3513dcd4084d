namespace ProverCluster.Messages.Goals;

/// <summary>How far a goal has come.</summary>
public enum GoalState
{
    /// <summary>Nobody has decided it.</summary>
    Open,

    /// <summary>The first decisive verdict is in.</summary>
    Decided,

    /// <summary>Every run has ended: nothing can change any more.</summary>
    Settled,
}

public static class GoalStates
{
    /// <summary>The word in JSON and in a query.</summary>
    public static string Word(this GoalState state) => state switch
    {
        GoalState.Open => "open",
        GoalState.Decided => "decided",
        GoalState.Settled => "settled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no such state"),
    };
}
