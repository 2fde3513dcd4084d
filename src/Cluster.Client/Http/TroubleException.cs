namespace ProverCluster.Client.Http;

/// <summary>A request came to nothing at one endpoint, and may come to something at another or later. Never leaves the client.</summary>
/// <param name="endpoint">Where.</param>
/// <param name="words">What happened, in words that follow the endpoint's address.</param>
/// <param name="code">The cluster's own word for it, or null.</param>
/// <param name="isFull">Whether it has too much to do, so that asking at once is no use anywhere.</param>
/// <param name="mayHaveLanded">Whether the cluster may have done what was asked, and only its answer is missing.</param>
/// <param name="retryAfter">When the endpoint wants to be asked again, or null.</param>
internal sealed class TroubleException(Uri endpoint, string words, string? code = null, bool isFull = false, bool mayHaveLanded = false, TimeSpan? retryAfter = null) : Exception(words)
{
    public Uri Endpoint { get; } = endpoint;

    public string? Code { get; } = code;

    public bool IsFull { get; } = isFull;

    public bool MayHaveLanded { get; } = mayHaveLanded;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
