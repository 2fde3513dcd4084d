namespace ProverCluster.Node.Store;

/// <summary>
/// The store does not work now: the disk is full, the server is not there, or it takes too long. Whether what was asked for was carried out is not known; it may be asked
/// for again. The message is one sentence for a person.
/// </summary>
internal sealed class StoreUnavailable(string sentence, Exception? cause = null) : Exception(sentence, cause)
{
    /// <summary>Its node has closed it: it will not work again.</summary>
    public bool IsClosed { get; init; }
}
