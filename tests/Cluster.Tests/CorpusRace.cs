using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Corpus;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Tests.Chaos;
using Xunit.Abstractions;

namespace ProverCluster.Tests;

/// <summary>Labelled goals raced on a cluster with the provers of this machine, and what becomes of them.</summary>
/// <param name="cluster">Of three nodes.</param>
/// <param name="time">What each goal may take.</param>
/// <param name="lost">And how much more, since it may lose time to faults.</param>
internal sealed class CorpusRace(TestCluster cluster, TimeSpan time, TimeSpan lost = default)
{
    public const string Slots = "prover-cluster.slots = 2";

    private const int AtOnce = 4;

    private readonly ConcurrentBag<(LabelledGoal Goal, SubmittedGoal Submitted, GoalAnswer Answer)> _answers = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public IEnumerable<(LabelledGoal Goal, GoalAnswer Answer)> Answers => _answers.Select(each => (each.Goal, each.Answer));

    /// <summary>How many nodes had work.</summary>
    public int Nodes => RunsByNode().Count();

    /// <summary>Some of the goals, always the same ones in the same order.</summary>
    public static IEnumerable<LabelledGoal> Goals(int count)
    {
        var random = new Random(1);
        return CorpusFolder.Sample(count, seed: 30).Where(goal => Racing.Backends(goal.Language).Count > 0).OrderBy(_ => random.Next());
    }

    /// <param name="goals">In that order, a few at once.</param>
    /// <param name="budget">No further ones are begun after so long.</param>
    /// <param name="settled">Is told of each.</param>
    public Task RunAsync(IEnumerable<LabelledGoal> goals, TimeSpan budget, Action<SubmittedGoal>? settled = null) => Parallel.ForEachAsync(
        goals.TakeWhile(_ => _clock.Elapsed < budget),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (goal, _) =>
        {
            var submitted = Submit(goal);
            var answer = await submitted.Answer;
            settled?.Invoke(submitted);
            _answers.Add((goal, submitted, answer));
        });

    /// <summary>Every answer came once, none is wrong, and those that one node alone comes to are there.</summary>
    /// <param name="output">For figures.</param>
    /// <param name="title">What the goals are raced in.</param>
    /// <param name="faults">What befell the nodes; null for nothing.</param>
    public async Task JudgeAsync(ITestOutputHelper output, string title, Faults? faults = null)
    {
        var tally = new Tally();
        foreach (var (goal, answer) in Answers)
            tally.Add(goal, Tally.Race, answer);
        tally.Print(output, title);
        output.WriteLine($"figures: {title}: {string.Join(", ", RunsByNode().Select(runs => runs.Count()))} runs on its nodes, in {_clock.Elapsed.TotalSeconds:0} s");
        Assert.Empty(tally.All(Mark.Wrong));
        Assert.Empty(tally.All(Mark.Disagreed));
        Assert.Empty(tally.All(Mark.Rejected));
        Assert.All(_answers, each => Assert.Single(each.Submitted.Events, heard => heard.Event is GoalEvents.Settled));
        SubmittedGoal[] submitted = [.. _answers.Select(each => each.Submitted)];
        if (faults is null)
            await cluster.Settlements.AssertOnceAsync(submitted);
        else
            cluster.Settlements.Judge(submitted, faults.MayBeUnheard);
        Assert.All(_answers, each => Assert.Distinct(each.Answer.Runs.Select(row => row.Run)));
        Assert.Empty(await OneNodeAlone.DecidesMoreAsync(Answers, goal => Submit(goal).Answer, time / Share, faults is null ? Losses.None : new Losses(faults.WasDrained), again => output.WriteLine($"figures: {title}: {again}")));
    }

    /// <summary>Of the slots of all nodes, how many share a processor.</summary>
    private static int Share => Math.Max(1, 3 * 2 / Environment.ProcessorCount);

    private IEnumerable<IGrouping<string?, RunRow>> RunsByNode() => Answers.SelectMany(each => each.Answer.Runs).Where(row => row.Times.Started is not null).GroupBy(row => row.Node);

    private SubmittedGoal Submit(LabelledGoal labelled)
    {
        var document = labelled.Read();
        var goal = new Goal(
            cluster.NextId(),
            labelled.Name,
            labelled.Language,
            TextDigest.Of(document.Text.Span),
            new GoalLimits(time + lost, null, null, 1L << 30, 64 << 20),
            Strategy.Speculative,
            [],
            KeepOutput: false,
            new Dictionary<string, string>());
        return cluster.Submit(goal, document);
    }
}
