using ProverCluster.Cli.Arguments;
using ProverCluster.Cli.Inputs;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Racing;

/// <summary>Takes one goal from its name to its story. Nothing that happens to a goal harms another one.</summary>
internal sealed class GoalRunner(IGoalRaces races, GoalReading reading, ProveOptions options, NodeSettings settings, ExitCodes codes, IRaceWatcher watcher)
{
    /// <summary>How long a withdrawn race may take to answer: the user was promised to be rid of us within a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    public GoalInFlight Start(GoalInput input, CancellationToken withdraw)
    {
        var decided = new FirstVerdict(watcher);
        return new GoalInFlight(input.Name, input.Language, decided.Task, SettleAsync(input, decided, withdraw));
    }

    private async Task<GoalResult> SettleAsync(GoalInput input, FirstVerdict decided, CancellationToken withdraw)
    {
        // Off the caller's thread: reading a large goal keeps a processor busy.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var id = GoalId.New();
        watcher.Started(id, input.Name);
        var answer = await AnswerAsync(id, input, decided, withdraw);
        codes.Add(ExitCodes.Of(answer.Verdict));
        decided.None();
        watcher.Ended(id, answer.Verdict);
        return new GoalResult(input.Language, answer);
    }

    private async Task<GoalAnswer> AnswerAsync(GoalId id, GoalInput input, FirstVerdict decided, CancellationToken withdraw)
    {
        try
        {
            withdraw.ThrowIfCancellationRequested();
            var (document, problem) = await reading.ReadAsync(input, withdraw);
            if (document is null) return GoalAnswers.Rejected(id, input.Name, problem);
            return await RaceAsync(Goal(id, input, document), document, decided, withdraw);
        }
        catch (OperationCanceledException) when (withdraw.IsCancellationRequested)
        {
            return GoalAnswers.Withdrawn(id, input.Name, "interrupted before its race began");
        }
        catch (Exception e)
        {
            codes.Add(ExitCodes.Failed);
            return GoalAnswers.Failed(id, input.Name, $"the node failed: {Excerpt.Of(e.Message)}");
        }
    }

    private async Task<GoalAnswer> RaceAsync(Goal goal, GoalDocument document, FirstVerdict decided, CancellationToken withdraw)
    {
        var race = races.RaceAsync(goal, document, decided, withdraw);
        await ((Task)race.WaitAsync(withdraw)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            return await race.WaitAsync(Patience, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            return GoalAnswers.Withdrawn(goal.Id, goal.Name, "interrupted, and its race did not end in time");
        }
    }

    private Goal Goal(GoalId id, GoalInput input, GoalDocument document) => new(
        id,
        input.Name,
        document.Language,
        TextDigest.Of(document.Text.Span),
        new GoalLimits(settings.Goals.Timeout, settings.Runs.Timeout, settings.Runs.Cpu, settings.Runs.MemoryBytes, settings.Runs.OutputBytes),
        options.Strategy,
        options.Backends,
        options.ShowOutput,
        options.Labels,
        settings.Goals.Priority);
}
