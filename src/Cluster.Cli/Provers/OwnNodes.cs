using ProverCluster.Cli.Racing;
using ProverCluster.Client;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Provers;

/// <summary>Proves goals on nodes in this process, as the client library does on a running cluster.</summary>
/// <param name="races">The nodes.</param>
/// <param name="settings">Theirs: what a goal does not say for itself.</param>
/// <param name="tptp">The folder of the TPTP library, or null.</param>
internal sealed class OwnNodes(IGoalRaces races, NodeSettings settings, string? tptp) : IProver
{
    private static readonly ProveOptions NodesOwn = new();

    public static async Task<Venue> StartAsync(NodePlan plan, Surroundings world, CancellationToken cancellation)
    {
        var races = await world.StartRaces(plan, cancellation);
        var prover = new OwnNodes(races, plan.Settings, world.Variable("TPTP"));
        return new Venue(prover, plan.Settings.Goals.Parallel, plan.WinnerWidth, plan.Nodes > 1, [.. plan.Notices, .. races.Notices]);
    }

    public async Task<ProveResult> ProveAsync(
        Client.Goal goal, ProveOptions? options = null, IProgress<RaceEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        // Off the caller's thread: reading a large goal keeps a processor busy.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        cancellationToken.ThrowIfCancellationRequested();
        var id = goal.Id ?? GoalId.New();
        var (document, refusal) = await ReadAsync(goal, cancellationToken);
        var answer = document is null
            ? GoalAnswers.Rejected(id, goal.Name ?? id.Value, refusal)
            : await RaceAsync(Asked(goal, id, document, options ?? NodesOwn), document, options ?? NodesOwn, progress, cancellationToken);
        var result = new ProveResult(answer, IsCached: false);
        progress?.Report(new RaceEvent.Settled(id, result));
        return result.Verdict == Verdict.Withdrawn && cancellationToken.IsCancellationRequested
            ? throw new GoalWithdrawnException(id, isConfirmed: true, result, cancellationToken)
            : result;
    }

    public Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellationToken = default) => races.BackendsAsync(cancellationToken);

    public ValueTask DisposeAsync() => races.DisposeAsync();

    private async Task<(GoalDocument? Document, string Refusal)> ReadAsync(Client.Goal goal, CancellationToken cancellation)
    {
        var (text, refusal) = await goal.ReadAsync(tptp, cancellation);
        if ((refusal ?? settings.Goals.Refuse(text.Length)) is { } why) return (null, why);
        return GoalReader.TryRead(goal.Language, text, out var document, out var rejection) ? (document, "") : (null, rejection.ToString());
    }

    private async Task<GoalAnswer> RaceAsync(
        Messages.Goals.Goal goal, GoalDocument document, ProveOptions options, IProgress<RaceEvent>? progress, CancellationToken withdraw)
    {
        var race = races.RaceAsync(goal, document, progress is null ? null : new Heard(progress), withdraw);
        await ((Task)race.WaitAsync(withdraw)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            return await race.WaitAsync(options.WithdrawGrace, CancellationToken.None);
        }
        catch (TimeoutException) when (withdraw.IsCancellationRequested)
        {
            throw new GoalWithdrawnException(goal.Id, isConfirmed: false, result: null, withdraw);
        }
    }

    private Messages.Goals.Goal Asked(Client.Goal goal, GoalId id, GoalDocument document, ProveOptions options) => new(
        id,
        goal.Name ?? id.Value,
        document.Language,
        TextDigest.Of(document.Text.Span),
        new GoalLimits(
            options.Timeout ?? settings.Goals.Timeout,
            options.RunTimeout ?? settings.Runs.Timeout,
            settings.Runs.Cpu,
            options.Memory ?? settings.Runs.MemoryBytes,
            settings.Runs.OutputBytes),
        options.Strategy switch
        {
            Client.Strategy.Sequential => Messages.Goals.Strategy.Sequential,
            Client.Strategy.BestOf => Messages.Goals.Strategy.BestOf,
            _ => Messages.Goals.Strategy.Speculative,
        },
        [.. options.Backends.Select(BackendName.Parse)],
        options.ShowOutput,
        options.Labels,
        options.Priority ?? settings.Goals.Priority,
        options.NoCache);

    /// <summary>What the race's own coordinator tells, in the client's words; the end is told with the result.</summary>
    private sealed class Heard(IProgress<RaceEvent> progress) : IProgress<IGoalEvent>
    {
        public void Report(IGoalEvent value)
        {
            if (RaceEvent.Of(value) is { } told) progress.Report(told);
        }
    }
}
