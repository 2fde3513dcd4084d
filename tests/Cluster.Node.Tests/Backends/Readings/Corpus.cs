using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>Labelled goals that are not part of the project: <c>../shared/corpus</c> beside the repository, or $PROVER_CLUSTER_CORPUS.</summary>
internal static class Corpus
{
    public static string? Folder { get; } = Find();

    public sealed record LabelledGoal(string Path, GoalLanguage Language, Verdict Expected);

    public static IEnumerable<LabelledGoal> Goals() =>
        from line in File.ReadLines(Path.Combine(Folder!, "manifest.tsv")).Skip(1)
        let cells = line.Split('\t')
        select new LabelledGoal(Path.Combine(Folder!, cells[0]), GoalLanguages.FromName(cells[1])!.Value, cells[2] == "proved" ? Verdict.Proved : Verdict.Refuted);

    private static string? Find()
    {
        var candidates = new List<string?> { Environment.GetEnvironmentVariable("PROVER_CLUSTER_CORPUS") };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ProverCluster.sln")))
                candidates.Add(Path.Combine(folder.FullName, "../shared/corpus"));
        }

        return candidates.FirstOrDefault(path => path is not null && File.Exists(Path.Combine(path, "manifest.tsv")));
    }
}
