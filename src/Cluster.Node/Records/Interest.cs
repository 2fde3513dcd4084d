using ProverCluster.Messages.Records;

namespace ProverCluster.Node.Records;

/// <summary>For whose sake a goal is raced: a closed set.</summary>
internal abstract record Interest
{
    private Interest()
    {
    }

    /// <summary>Whether it is over when that caller gives up the goal.</summary>
    /// <param name="who">The caller.</param>
    /// <param name="name">Only the interest of that name; null for all.</param>
    public bool EndsWith(Caller who, string? name) => this switch
    {
        Standing standing => name is null && who.Sees(standing.Owner),
        Following following => (name is null || name == following.Name) && who.Sees(following.Owner),
        // Whoever waits is to be given up by whoever waits, or by whoever may do everything.
        _ => name is null && who.IsAdmin,
    };

    /// <summary>An owner's, until it gives the goal up.</summary>
    public sealed record Standing(string Owner) : Interest;

    /// <summary>Somebody's who waits for the answer, and no longer than that one lives.</summary>
    /// <param name="Who">The path of an actor.</param>
    public sealed record Waiting(string Who) : Interest;

    /// <summary>An owner's who follows the goal, until it gives the goal up, and no longer than whoever follows for it lives.</summary>
    /// <param name="Owner">Whose.</param>
    /// <param name="Name">What that one calls it, or "".</param>
    /// <param name="Who">The path of an actor.</param>
    public sealed record Following(string Owner, string Name, string Who) : Interest;
}
