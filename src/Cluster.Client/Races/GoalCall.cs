using ProverCluster.Client.Goals;
using ProverCluster.Client.Http;
using ProverCluster.Messages.Goals;
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

    /// <summary>Whether the cluster may have the goal.</summary>
    private bool _mayBeThere;

    /// <summary>Whether a goal of that id can only be this one: nobody else knows a fresh id, and a confirmed one is taken.</summary>
    private bool _isOurs;

    public GoalCall(ClusterCalls calls, Submission submission, ProveOptions options, IProgress<RaceEvent>? progress)
    {
        (_calls, _submission, _options, _progress) = (calls, submission, options, progress);
        _retries = new Retries(calls.Options);
        _story = new Story(calls, submission.Id, _retries);
        _isOurs = submission.IsFresh;
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
        catch (Exception failure) when (_mayBeThere && failure is not ClusterUnreachableException)
        {
            await GiveUpAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _story.DisposeAsync();

    private async Task<ProveResult> RaceAsync(CancellationToken cancel, CancellationToken end)
    {
        var view = await SubmitAsync(_options.Timeout, cancel, end);
        var accepted = Time.GetTimestamp();
        _isOurs = true;
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
                view = await SubmitAsync(Left(Time.GetElapsedTime(accepted)), cancel, end);
            }
        }
    }

    /// <summary>The goal as it stands; null if the cluster has it, and with other words than these.</summary>
    private Task<GoalView?> SubmitAsync(TimeSpan? timeout, CancellationToken cancel, CancellationToken end) => _calls.TryAsync<GoalView?>(
        async endpoint =>
        {
            var before = _mayBeThere;
            _mayBeThere = true;
            try
            {
                // Not broken off by a cancellation: what has become of it must be known to be taken back.
                return await _calls.SubmitAsync(endpoint, _submission, timeout, end);
            }
            catch (GoalIdInUseException) when (before && _isOurs)
            {
                return null;
            }
            catch (Exception failure) when (failure is TroubleException { MayHaveLanded: false } or ProverClientException and not ProtocolException)
            {
                // What is there under an id of the user's, with other words, is another goal, and not ours to take back.
                _mayBeThere = before && failure is not GoalIdInUseException;
                throw;
            }
        },
        _retries,
        cancel);

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
        var isConfirmed = !_mayBeThere;
        ProveResult? result = null;
        try
        {
            if (_mayBeThere)
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
