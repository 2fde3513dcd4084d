using ProverCluster.Api.Access;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Records;

namespace ProverCluster.Api.Submissions;

/// <summary>
/// Brings submissions to the cluster. A token with a quota has its open goals counted on all nodes before one more is accepted, and submits one after the other
/// here, so that on one node the quota is never exceeded; nodes do not wait for each other.
/// </summary>
internal sealed class Submitter(GoalRecords records)
{
    /// <summary>As <see cref="GoalRecords.SubmitAsync"/>.</summary>
    /// <exception cref="ProblemException">The quota is used up, or the token is good no more.</exception>
    public async Task<IRecordEvent> SubmitAsync(Submission submission, Visitor visitor, TimeSpan age, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync(submission, visitor, cancellation);
        // Whoever hangs up has submitted all the same, and the next one's turn is when that counts.
        return await records.SubmitAsync(submission.Goal, submission.Text, visitor.Caller, age, turn is null ? cancellation : CancellationToken.None);
    }

    /// <summary>As <see cref="GoalRecords.WaitAsync"/>.</summary>
    /// <inheritdoc cref="SubmitAsync"/>
    public async Task<IRecordEvent> WaitAsync(Submission submission, Visitor visitor, TimeSpan age, CancellationToken cancellation)
    {
        var turn = await TakeTurnAsync(submission, visitor, cancellation);
        return await records.WaitAsync(submission.Goal, submission.Text, visitor.Caller, age, turn, cancellation);
    }

    /// <summary>As <see cref="GoalRecords.Follow"/>.</summary>
    /// <inheritdoc cref="SubmitAsync"/>
    public async Task<GoalWait> FollowAsync(Submission submission, Visitor visitor, SubmissionWay how, CancellationToken cancellation)
    {
        var turn = await TakeTurnAsync(submission, visitor, cancellation);
        return records.Follow(submission.Goal, submission.Text, visitor.Caller, how.Age, turn, how.Interest);
    }

    /// <summary>Returns when there is room for one more; null where nobody counts.</summary>
    private async Task<IDisposable?> TakeTurnAsync(Submission submission, Visitor visitor, CancellationToken cancellation)
    {
        var turn = await TakeCountedTurnAsync(submission, visitor, cancellation);
        // It was let in before its body came, which may be long ago.
        if (!visitor.Revoked.IsCancellationRequested)
            return turn;
        turn?.Dispose();
        throw new ProblemException(Problem.BadToken);
    }

    private async Task<IDisposable?> TakeCountedTurnAsync(Submission submission, Visitor visitor, CancellationToken cancellation)
    {
        // A text that is no goal is settled at once.
        if (visitor.MostOpen is not { } most || submission.Text.Rejection is not null)
            return null;
        var turn = await visitor.TakeTurnAsync(cancellation);
        var hasRoom = false;
        try
        {
            hasRoom = await records.CountAsync(visitor.Caller.Name, cancellation) < most;
        }
        finally
        {
            if (!hasRoom)
                turn.Dispose();
        }

        if (hasRoom)
            return turn;
        return await IsKnownAsync(submission, visitor.Caller, cancellation) ? null : throw new ProblemException(Problem.Quota(most));
    }

    /// <summary>Whether it is the same one's once more, and raced already: a client that repeats itself asks for nothing new.</summary>
    private async Task<bool> IsKnownAsync(Submission submission, Caller who, CancellationToken cancellation) =>
        submission.HasOwnId && await records.ShowAsync(submission.Goal.Id, who, cancellation) switch
        {
            RecordEvents.Shown shown => shown.View.Answer is not { Verdict: Verdict.Withdrawn },
            // Whether it is cannot be told now.
            RecordEvents.Unavailable unavailable => throw new ProblemException(Problem.StoreUnavailable(unavailable.Why)),
            _ => false,
        };
}
