using ProverCluster.Client.Goals;
using ProverCluster.Client.Http;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Races;

/// <summary>
/// One goal from its submission to its answer. Until the cluster has confirmed the submission the very same one is repeated, which is safe, since the goal has one
/// id. From then on its events are followed; should the cluster have lost it, it is submitted again with what is left of its deadline. If it is known by then with
/// another deadline, that is our own goal, and it is followed. Only a settled goal ends a call, so there is one result.
/// </summary>
internal sealed class GoalCall : IAsyncDisposable
{
    /// <summary>The shortest deadline there is; for a goal whose own has passed, so that the cluster says so.</summary>
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(10);

    private readonly ClusterCalls _calls;
    private readonly Submission _submission;
    private readonly ProveOptions _options;
    private readonly IProgress<RaceEvent>? _progress;
    private readonly Retries _retries;
    private readonly Story _story;
    private readonly Submitting _submitting;

    public GoalCall(ClusterCalls calls, Submission submission, ProveOptions options, IProgress<RaceEvent>? progress)
    {
        (_calls, _submission, _options, _progress) = (calls, submission, options, progress);
        _retries = new Retries(calls.Options);
        _story = new Story(calls, submission.Id, _retries);
        _submitting = new Submitting(calls, submission, _retries);
    }

    private TimeProvider Time => _calls.Options.Time;

    public async Task<ProveResult> RunAsync(CancellationToken cancel)
    {
        // What has to come to its end after a cancellation has the grace for it.
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, Time);
        await using var registration = cancel.Register(() => end.CancelAfter(_options.WithdrawGrace));
        try
        {
            return await RaceAsync(cancel, end.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return await WithdrawAsync(cancel, end.Token);
        }
        catch (Exception failure) when (_submitting.MayBeThere && failure is not ClusterUnreachableException)
        {
            await GiveUpAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _story.DisposeAsync();

    private async Task<ProveResult> RaceAsync(CancellationToken cancel, CancellationToken end)
    {
        var view = await _submitting.SubmitAsync(_options.Timeout, cancel, end);
        var accepted = Time.GetTimestamp();
        while (true)
        {
            if (view?.Answer is { } answer) return Tell(new ProveResult(answer, view.IsCached));
            try
            {
                return await FollowAsync(cancel);
            }
            catch (UnknownGoalException lost)
            {
                await _retries.AfterAsync(new TroubleException(lost.Endpoint!, "does not know the goal any more", lost.Code), cancel);
                _story.Forget();
                view = await _submitting.SubmitAsync(Left(Time.GetElapsedTime(accepted)), cancel, end);
            }
        }
    }

    private TimeSpan? Left(TimeSpan elapsed) =>
        _options.Timeout is not { } timeout ? null : timeout - elapsed > ShortestTimeout ? timeout - elapsed : ShortestTimeout;

    private async Task<ProveResult> FollowAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var what = await _story.NextAsync(cancellation);
            _progress?.Report(what);
            if (what is RaceEvent.Settled settled) return settled.Result;
        }
    }

    private async Task<ProveResult> WithdrawAsync(CancellationToken cancel, CancellationToken end)
    {
        var isConfirmed = !_submitting.MayBeThere;
        ProveResult? result = null;
        try
        {
            if (_submitting.MayBeThere)
            {
                var view = await _calls.WithdrawAsync(_submission.Id, end);
                isConfirmed = true;
                result = view.Answer is { } answer ? Tell(new ProveResult(answer, view.IsCached)) : await FollowAsync(end);
            }
        }
        catch (UnknownGoalException)
        {
            isConfirmed = true;
        }
        catch (Exception failure) when (failure is ProverClientException or OperationCanceledException)
        {
            // Whether it is confirmed is known; more cannot be had in time.
        }

        // A goal that was decided before its provers were dead is decided: the truth is worth more than the order of two messages.
        return result is { Verdict: not Verdict.Withdrawn } ? result : throw new GoalWithdrawnException(_submission.Id, isConfirmed, result, cancel);
    }

    /// <summary>Nobody will wait for the goal, for a reason that is about to be thrown.</summary>
    private async Task GiveUpAsync()
    {
        using var end = new CancellationTokenSource(_options.WithdrawGrace, Time);
        try
        {
            await _calls.WithdrawAsync(_submission.Id, end.Token);
        }
        catch (Exception failure) when (failure is ProverClientException or OperationCanceledException)
        {
            // Then it ends at its deadline.
        }
    }

    private ProveResult Tell(ProveResult result)
    {
        _progress?.Report(new RaceEvent.Settled(_submission.Id, result));
        return result;
    }
}
