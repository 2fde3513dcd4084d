using System.Collections.Concurrent;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Backends.Readings;
using Xunit.Abstractions;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>
/// Every installed prover on every labelled goal: no verdict that our readings let through is wrong. A second each, or
/// with PROVER_CLUSTER_STRESS=1 ten.
/// </summary>
public class Corpus_answers(ITestOutputHelper output)
{
    private static readonly bool Stress = Environment.GetEnvironmentVariable("PROVER_CLUSTER_STRESS") == "1";

    [Fact]
    public void No_verdict_on_the_corpus_is_wrong()
    {
        if (Corpus.Folder is null)
        {
            output.WriteLine("skipped: no corpus in ../shared/corpus or $PROVER_CLUSTER_CORPUS");
            return;
        }

        var rows = new ConcurrentBag<(string Backend, string Goal, Verdict Expected, Verdict Said, string Detail)>();
        Parallel.ForEach(Corpus.Goals().ToArray(), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, goal =>
        {
            var document = Read(goal);
            foreach (var backend in TestBackend.All.Where(backend => backend.Language == goal.Language && backend.IsInstalled))
            {
                var (text, reading) = Reading.Prepare(backend.Reading, document, backend.Rules, keepOutput: false);
                var printed = ProverOutput.Of(backend, text, TimeSpan.FromSeconds(Stress ? 10 : 1));
                var said = printed.Saying(reading);
                rows.Add((backend.Id, Path.GetFileName(goal.Path), goal.Expected, said.Verdict, $"{printed.End} {said.Szs} {said.Fault} {said.Malformed}".ReplaceLineEndings(" ")));
            }
        });

        Report(rows.OrderBy(row => row.Backend).ThenBy(row => row.Goal).ToArray());
        Assert.DoesNotContain(rows, row => row.Said.IsDecisive() && row.Said != row.Expected);
    }

    private void Report((string Backend, string Goal, Verdict Expected, Verdict Said, string Detail)[] rows)
    {
        foreach (var backend in rows.GroupBy(row => row.Backend))
        {
            output.WriteLine($"{backend.Key,-24} right {backend.Count(row => row.Said == row.Expected),4}  "
                + $"wrong {backend.Count(row => row.Said.IsDecisive() && row.Said != row.Expected),4}  undecided {backend.Count(row => !row.Said.IsDecisive()),4}");
        }

        if (Environment.GetEnvironmentVariable("PROVER_CLUSTER_CORPUS_TABLE") is { } file)
            File.WriteAllLines(file, rows.Select(row => string.Join('\t', row.Backend, row.Goal, row.Expected, row.Said, row.Detail)));
    }

    private static GoalDocument Read(Corpus.LabelledGoal goal)
    {
        ReadOnlyMemory<byte> text = File.ReadAllBytes(goal.Path);
        GoalRejection? rejection = null;
        if (goal.Language != GoalLanguage.Tptp || TptpIncludes.TryInline(text, new TptpFolders(Path.GetDirectoryName(goal.Path), null), out text, out rejection))
        {
            if (GoalReader.TryRead(goal.Language, text, out var document, out rejection))
                return document;
        }

        throw new Xunit.Sdk.XunitException($"{goal.Path}: {rejection}");
    }
}
