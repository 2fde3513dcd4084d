namespace ProverCluster.Node.Records;

/// <summary>For whose sake a goal is raced: a closed set.</summary>
internal abstract record Interest
{
    private Interest()
    {
    }

    /// <summary>An owner's, until it gives the goal up.</summary>
    public sealed record Standing(string Owner) : Interest;

    /// <summary>Somebody's who waits for the answer, and no longer than that one lives.</summary>
    /// <param name="Who">The path of an actor.</param>
    public sealed record Waiting(string Who) : Interest;
}
