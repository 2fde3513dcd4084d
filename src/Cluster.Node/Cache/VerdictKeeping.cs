using ProverCluster.Messages;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Cache;

/// <summary>
/// Keeps the verdict of a race, and does all that a contradiction asks for. It outlives the flight that it is done for, and tries again where the store does not work just then: a
/// contradiction that nobody hears of is a wrong verdict for whoever comes next.
/// </summary>
/// <param name="tools">The flight's.</param>
/// <param name="key">What the verdict is on.</param>
/// <param name="goal">Whose race it comes from, for the log.</param>
/// <param name="log">The flight's.</param>
/// <param name="contradicted">Called as soon as a contradiction is known: nobody is to be given the verdict from then on.</param>
internal sealed class VerdictKeeping(FlightTools tools, VerdictKey key, GoalId goal, NodeLog log, Action contradicted)
{
    /// <summary>A verdict that is not kept is raced for once more, and no harm is done.</summary>
    private const int AttemptsToKeep = 3;

    /// <summary>A store that does not work for so long, with <see cref="FlightTools.StorePause"/> between, is somebody's to mend, who reads the log then.</summary>
    private const int AttemptsToEvict = 120;

    /// <summary>Answers that are marked in one step, so that nobody waits long behind it.</summary>
    private const int DoubtAtOnce = 500;

    /// <summary>Never fails.</summary>
    /// <returns>Whether it is kept.</returns>
    public async Task<bool> KeepAsync(GoalLanguage language, CacheHit verdict)
    {
        string? words = null;
        if (await TryAsync(AttemptsToKeep, async () => words = await VerdictShelf.KeepAsync(tools.Cache, key, language, verdict)) is { } why)
        {
            log.Tell(LogLines.VerdictNotKept(goal, key.Text, why));
            return false;
        }

        return words is null || await ContradictAsync(words);
    }

    /// <summary>Never fails.</summary>
    /// <returns>False: there is nothing left.</returns>
    public async Task<bool> ContradictAsync(string words)
    {
        tools.Metrics.CountContradiction();
        log.Tell(LogLines.Contradiction(goal, key.Text, words));
        contradicted();
        // What was given first: as long as the entry is there, the contradiction can be found again. Then once more, for what was given meanwhile.
        await DoubtAsync(words);
        if (await TryAsync(AttemptsToEvict, () => VerdictShelf.EvictAsync(tools.Cache, key)) is { } why)
            log.Tell(LogLines.ContradictionStays(goal, key.Text, why));
        await DoubtAsync(words);
        return false;
    }

    /// <summary>Whoever asks for an answer that was given from what goes is told.</summary>
    private async Task DoubtAsync(string words)
    {
        var count = 0;
        var failure = await TryAsync(AttemptsToEvict, async () =>
        {
            for (var more = DoubtAtOnce; more == DoubtAtOnce; count += more)
                more = await tools.Store.DoubtAsync(key.Text, WordLimits.Cut(words, WordLimits.Reason), DoubtAtOnce);
        });
        if (failure is not null)
            log.Tell(LogLines.DoubtNotTold(goal, key.Text, failure));
        else if (count > 0)
            log.Tell(LogLines.AnswersDoubted(goal, key.Text, count));
    }

    /// <summary>Why it did not work; null if it did.</summary>
    private async Task<string?> TryAsync(int attempts, Func<Task> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return null;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                if (attempt == attempts || failure is StoreUnavailable { IsClosed: true })
                    return failure.Message;
            }

            await Task.Delay(tools.StorePause, tools.Clock);
        }
    }
}
