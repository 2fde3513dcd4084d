using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Corpus;

/// <summary>
/// Labelled goals of public test suites. Their licences keep them out of this repository: they are read from
/// $PROVER_CLUSTER_CORPUS or from <c>../shared/corpus</c> beside it, and what needs them is skipped where they are not.
/// </summary>
internal static class CorpusFolder
{
    public static string? Path { get; } = Find();

    /// <summary>Why there is no corpus, or null.</summary>
    public static string? Missing { get; } = Path is null
        ? "no labelled goals: neither PROVER_CLUSTER_CORPUS nor ../shared/corpus beside the repository is a folder with a manifest.tsv"
        : null;

    public static IReadOnlyList<LabelledGoal> Goals() =>
    [
        .. from line in File.ReadLines(System.IO.Path.Combine(Path!, "manifest.tsv")).Skip(1)
           let cells = line.Split('\t')
           where cells.Length > 2
           select new LabelledGoal(
               System.IO.Path.Combine(Path!, cells[0]),
               cells[0],
               GoalLanguages.FromName(cells[1])!.Value,
               cells[2] == "proved" ? Verdict.Proved : Verdict.Refuted),
    ];

    /// <summary>Some of the goals, always the same ones, each language with its share.</summary>
    public static IReadOnlyList<LabelledGoal> Sample(int count, int seed)
    {
        var goals = Goals();
        var random = new Random(seed);
        return
        [
            .. from language in goals.GroupBy(goal => goal.Language)
               from goal in language.OrderBy(_ => random.Next()).Take((count * language.Count() + goals.Count - 1) / goals.Count)
               select goal,
        ];
    }

    private static string? Find()
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("PROVER_CLUSTER_CORPUS"), System.IO.Path.Combine(Repo.Root, "../shared/corpus")];
        return candidates.FirstOrDefault(path => !string.IsNullOrEmpty(path) && File.Exists(System.IO.Path.Combine(path, "manifest.tsv")));
    }
}

/// <summary>A test over the labelled goals; skipped, with the reason, where they or every prover are missing.</summary>
internal sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute() => Skip = CorpusFolder.Missing ?? Racing.NoProver;
}

/// <summary>The same, and it takes the better part of an hour.</summary>
internal sealed class CorpusStressFactAttribute : FactAttribute
{
    public CorpusStressFactAttribute() => Skip = new StressFactAttribute().Skip ?? CorpusFolder.Missing ?? Racing.NoProver;
}
