using ProverCluster.Cli.Arguments;
using ProverCluster.Cli.Output;
using ProverCluster.Cli.Provers;
using ProverCluster.Cli.Racing;
using ProverCluster.Client;
using ProverCluster.Messages.Json;

namespace ProverCluster.Cli.Questions;

/// <summary>Asks a running cluster, and prints what it says.</summary>
internal sealed class QuestionCommand(Surroundings world)
{
    private readonly Conversation _conversation = new(world);

    public async Task<int> RunAsync(string[] words)
    {
        var arguments = new QuestionArguments(words);
        if (arguments.WantsHelp) return Print(QuestionHelp.Text);
        var asked = arguments.Read();
        return await _conversation.HoldAsync(interrupt => asked is { Question: Question.Backends, Cluster.Count: 0 } ? OwnBackendsAsync(asked, interrupt) : AskAsync(asked, interrupt));
    }

    private async Task<int> AskAsync(QuestionOptions asked, CancellationToken cancellation)
    {
        var options = _conversation.Options(asked.Cluster, asked.TokenFile);
        await using var cluster = world.Connect(options with { RetryFor = RunningCluster.Patience });
        switch (asked.Question)
        {
            case Question.Watch:
                await cluster.ShowAsync(asked.Goals[0], cancellation);
                // It is there: from now on it may be away for a while.
                await using (var patient = world.Connect(options)) return await WatchAsync(patient, asked, cancellation);
            case Question.Backends:
                return PrintBackends(asked, await cluster.BackendsAsync(cancellation));
            case Question.Cache when asked.Clears:
                var removed = await cluster.ClearCacheAsync(cancellation);
                return Print(asked.IsJson ? GoalJson.Line(json => CacheLines.Write(json, removed)) : $"{removed} verdicts were removed");
            case Question.Cache:
                await ShowCacheAsync(asked, cluster, cancellation);
                return ExitCodes.Proved;
            case Question.Withdraw:
                foreach (var id in asked.Goals) PrintGoal(asked, await cluster.WithdrawAsync(id, cancellation));
                return ExitCodes.Proved;
            default:
                if (asked.Goals.Count == 0) await foreach (var goal in cluster.ListAsync(asked.State, asked.Labels, cancellation)) PrintGoal(asked, goal);
                foreach (var id in asked.Goals) PrintGoal(asked, await cluster.ShowAsync(id, cancellation));
                return ExitCodes.Proved;
        }
    }

    private async Task ShowCacheAsync(QuestionOptions asked, IProverClient cluster, CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            var page = await cluster.CacheAsync(next, cancellation);
            if (!asked.IsJson && next is null) Print(CacheLines.Of(page));
            foreach (var entry in page.Entries) Print(asked.IsJson ? GoalJson.Line(json => CachePageJson.Write(json, entry)) : CacheLines.Of(entry));
            next = page.Next;
        }
        while (next is not null);
    }

    private async Task<int> WatchAsync(IProverClient cluster, QuestionOptions asked, CancellationToken cancellation)
    {
        await foreach (var what in cluster.WatchAsync(asked.Goals[0], cancellation))
        {
            Print(EventLine.Of(what));
            if (what is RaceEvent.Settled settled) return ExitCodes.Of(settled.Result.Verdict);
        }

        return ExitCodes.Failed;
    }

    private async Task<int> OwnBackendsAsync(QuestionOptions asked, CancellationToken cancellation)
    {
        var venue = await OwnNodes.StartAsync(NodePlan.Of(new CallOptions { Goals = [] }, world), world, cancellation);
        await using var own = venue.Prover;
        foreach (var notice in venue.Notices) _conversation.Complain(notice, ExitCodes.Proved);
        return PrintBackends(asked, await own.BackendsAsync(cancellation));
    }

    private void PrintGoal(QuestionOptions asked, Messages.Goals.GoalView goal) =>
        Print(asked.IsJson ? GoalJson.Line(json => GoalJson.Write(json, goal, language: null, showOutput: false)) : GoalLines.Of(goal, asked.ShowRuns, new Colours(world.HasColours)));

    private int PrintBackends(QuestionOptions asked, IReadOnlyList<Messages.Nodes.NodeView> nodes) =>
        Print(asked.IsJson ? GoalJson.Line(json => NodeJson.Write(json, nodes)) : BackendLines.Of(nodes));

    private int Print(string text) => _conversation.Print(text);
}
