using ProverCluster.Client.Goals;
using ProverCluster.Client.Http;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Races;

/// <summary>
/// One goal from its submission to its answer. Its events are the answer to the submission, and our interest in it lasts as long as that connection: whatever ends this process
/// ends the race. A connection that is lost is replaced by submitting the goal once more, which is safe, since it has one id. Only a settled goal ends a call, so there is
/// one result.
/// </summary>
internal sealed class GoalCall : IAsyncDisposable
{
    private readonly ClusterCalls _calls;
    private readonly Submission _submission;
    private readonly ProveOptions _options;
    private readonly IProgress<RaceEvent>? _progress;
    private readonly Story _story;
    private readonly Submitting _submitting;

    public GoalCall(ClusterCalls calls, Submission submission, ProveOptions options, IProgress<RaceEvent>? progress, TimeSpan? queueFor)
    {
        (_calls, _submission, _options, _progress) = (calls, submission, options, progress);
        _submitting = new Submitting(calls, submission);
        _story = new Story(calls.Endpoints, new Retries(calls.Options, queueFor), _submitting.OpenAsync);
    }

    public async Task<ProveResult> RunAsync(CancellationToken cancel)
    {
        try
        {
            return await FollowAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return await WithdrawAsync(cancel);
        }
    }

    public ValueTask DisposeAsync() => _story.DisposeAsync();

    private async Task<ProveResult> FollowAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var what = await _story.NextAsync(cancellation);
            _progress?.Report(what);
            if (what is RaceEvent.Settled settled) return settled.Result;
        }
    }

    private async Task<ProveResult> WithdrawAsync(CancellationToken cancel)
    {
        using var end = new CancellationTokenSource(_options.WithdrawGrace, _calls.Options.Time);
        var isConfirmed = !_submitting.MayBeThere;
        ProveResult? result = null;
        try
        {
            if (_submitting.MayBeThere)
            {
                // The connection is closed by now, which a proxy may keep to itself for a while.
                var (view, isEnding) = await _calls.WithdrawAsync(_submission.Id, _submission.Interest, end.Token);
                isConfirmed = true;
                _story.Open = (endpoint, after, token) => _calls.OpenEventsAsync(endpoint, _submission.Id, after, token);
                if (view.Answer is { } answer)
                    result = Tell(new ProveResult(answer, view.IsCached));
                else if (isEnding)
                    result = await FollowAsync(end.Token);
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

    private ProveResult Tell(ProveResult result)
    {
        _progress?.Report(new RaceEvent.Settled(_submission.Id, result));
        return result;
    }
}
