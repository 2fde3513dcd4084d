using ProverCluster.Client.Goals;
using ProverCluster.Client.Http;
using ProverCluster.Messages.Goals;

namespace ProverCluster.Client.Races;

/// <summary>Brings one goal to the cluster, as often as that takes, and knows whether it may be there.</summary>
internal sealed class Submitting(ClusterCalls calls, Submission submission, Retries retries)
{
    /// <summary>Whether a goal of that id can only be this one: nobody else knows a fresh id, and a confirmed one is taken.</summary>
    private bool _isOurs = submission.IsFresh;

    /// <summary>Whether the cluster may have the goal: a submission without an answer may have arrived.</summary>
    public bool MayBeThere { get; private set; }

    /// <summary>The goal as it stands; null if the cluster has it, and with another deadline.</summary>
    /// <param name="timeout">What is left of the goal's own, or null for the cluster's.</param>
    /// <param name="cancel">Ends the waits between attempts.</param>
    /// <param name="end">Ends an attempt. Not the same, since what has become of an attempt must be known for the goal to be taken back.</param>
    public async Task<GoalView?> SubmitAsync(TimeSpan? timeout, CancellationToken cancel, CancellationToken end)
    {
        var view = await calls.TryAsync(endpoint => AttemptAsync(endpoint, timeout, end), retries, cancel);
        _isOurs = true;
        return view;
    }

    private async Task<GoalView?> AttemptAsync(Uri endpoint, TimeSpan? timeout, CancellationToken end)
    {
        var before = MayBeThere;
        MayBeThere = true;
        try
        {
            return await calls.SubmitAsync(endpoint, submission, timeout, end);
        }
        catch (GoalIdInUseException) when (before && _isOurs)
        {
            return null;
        }
        catch (Exception failure) when (failure is TroubleException { MayHaveLanded: false } or ProverClientException and not ProtocolException)
        {
            // What is there under an id of the user's, with other words, is another goal, and not ours to take back.
            MayBeThere = before && failure is not GoalIdInUseException;
            throw;
        }
    }
}
