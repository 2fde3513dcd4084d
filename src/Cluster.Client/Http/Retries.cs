namespace ProverCluster.Client.Http;

/// <summary>
/// When one call tries again: every endpoint once, then waits that double; when a cluster is full, as late as it says. Chance takes a part of each wait, so
/// that many clients that lost one node do not all come back at one moment.
/// </summary>
/// <param name="options">How the cluster is reached.</param>
/// <param name="queueFor">How long a full one is asked.</param>
internal sealed class Retries(ProverClientOptions options, TimeSpan? queueFor = null)
{
    /// <summary>For a full cluster that does not say when to ask again.</summary>
    private static readonly TimeSpan WhenFull = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Uri, TroubleException> _latest = [];
    private long? _since;
    private long? _fullSince;
    private int _count;

    /// <summary>The cluster is there: the time that a call may try begins anew. Waits stay as long as they are, for it may go on breaking off.</summary>
    public void Answered()
    {
        _latest.Clear();
        (_since, _fullSince) = (null, null);
    }

    /// <summary>The call has come a step further: whatever goes wrong from here on begins anew.</summary>
    public void Succeeded()
    {
        Answered();
        _count = 0;
    }

    /// <summary>Returns when it is time to try again.</summary>
    /// <exception cref="ProverClientException">It has been tried for long enough.</exception>
    public async Task AfterAsync(TroubleException trouble, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _latest[trouble.Endpoint] = trouble;
        _count++;
        var wait = Wait(trouble);
        if (Elapsed(trouble) + wait > (trouble.IsFull ? queueFor ?? options.QueueFor : options.RetryFor)) throw Failure(trouble);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, options.Time, cancellation);
    }

    private TimeSpan Elapsed(TroubleException trouble)
    {
        var now = options.Time.GetTimestamp();
        if (!trouble.IsFull) return options.Time.GetElapsedTime(_since ??= now, now);
        // It is there.
        _since = null;
        return options.Time.GetElapsedTime(_fullSince ??= now, now);
    }

    private TimeSpan Wait(TroubleException trouble)
    {
        if (trouble.IsFull) return (trouble.RetryAfter ?? WhenFull) * (1 + (options.Chance() / 10));
        var rounds = Math.DivRem(_count, options.Endpoints.Count, out var rest);
        if (rest > 0) return TimeSpan.Zero;
        var longest = Math.Min(options.LongestBackoff.Ticks, options.FirstBackoff.Ticks * Math.Pow(2, Math.Min(rounds - 1, 60)));
        return TimeSpan.FromTicks((long)(longest * (1 - (options.Chance() / 2))));
    }

    private ProverClientException Failure(TroubleException trouble)
    {
        if (trouble.IsFull)
            return new QueueFullException($"{trouble.Endpoint} {trouble.Message}", trouble.Endpoint, trouble.Code, trouble.RetryAfter);
        var each = string.Join("; ", _latest.Select(entry => $"{entry.Key} {entry.Value.Message}"));
        return new ClusterUnreachableException($"the cluster cannot be reached: {each}", trouble.Endpoint, trouble.Code);
    }
}
