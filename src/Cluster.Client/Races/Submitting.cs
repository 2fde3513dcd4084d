using ProverCluster.Client.Goals;
using ProverCluster.Client.Http;

namespace ProverCluster.Client.Races;

/// <summary>Brings one goal to the cluster, as often as a connection is lost, and knows whether it may be there.</summary>
internal sealed class Submitting(ClusterCalls calls, Submission submission)
{
    private long? _accepted;

    /// <summary>Whether the cluster may have the goal: a submission without an answer may have arrived.</summary>
    public bool MayBeThere { get; private set; }

    /// <summary>Since it was first known to be there: so much of its deadline has passed, wherever it is begun once more.</summary>
    private TimeSpan? Age => _accepted is { } accepted ? calls.Options.Time.GetElapsedTime(accepted) : null;

    /// <param name="endpoint">Whom to ask.</param>
    /// <param name="after">The event that was heard last from this endpoint, or null for all.</param>
    /// <param name="cancellation">Ends the stream too, and with it our interest in the goal.</param>
    public async Task<EventStream> OpenAsync(Uri endpoint, string? after, CancellationToken cancellation)
    {
        var before = MayBeThere;
        MayBeThere = true;
        try
        {
            var stream = await calls.SubmitAsync(endpoint, submission, Age, after, cancellation);
            _accepted ??= calls.Options.Time.GetTimestamp();
            return stream;
        }
        catch (GoalIdInUseException inUse) when (before && submission.IsFresh)
        {
            // Nobody else knows the id: it is this goal, with other defaults than that node's. It ends by itself, since the connection is gone that it was wanted over.
            submission.Renew();
            throw new TroubleException(endpoint, "has the goal with other defaults", inUse.Code);
        }
        catch (Exception failure) when (failure is TroubleException { MayHaveLanded: false } or ProverClientException and not ProtocolException)
        {
            // What is there under an id of the user's, with other words, is another goal, and not ours to take back.
            MayBeThere = before && failure is not GoalIdInUseException;
            throw;
        }
    }
}
