namespace ProverCluster.Node.Store;

/// <summary>Whether the store works, as its last use has shown.</summary>
/// <param name="name">Of the database, for sentences.</param>
internal sealed class StoreHealth(string name)
{
    private volatile string? _trouble;

    /// <summary>Why it does not work, in a sentence; null if it does.</summary>
    public string? Trouble => _trouble;

    public void Work() => _trouble = null;

    /// <summary>Notes that it does not, and says so.</summary>
    public StoreUnavailable Fail(string why, Exception? cause)
    {
        _trouble = $"{name}: {why}";
        return new StoreUnavailable(_trouble, cause);
    }
}
