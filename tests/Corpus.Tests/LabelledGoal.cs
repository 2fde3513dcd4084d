using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Corpus;

/// <summary>A goal with the verdict it must get.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Name">For people.</param>
internal sealed record LabelledGoal(string Path, string Name, GoalLanguage Language, Verdict Expected)
{
    /// <summary>The goal as a client reads it, TPTP includes inlined.</summary>
    public GoalDocument Read() => Read(File.ReadAllBytes(Path));

    /// <summary>The same goal with another text in its place.</summary>
    public GoalDocument Read(ReadOnlyMemory<byte> text)
    {
        GoalRejection? rejection = null;
        if (Language != GoalLanguage.Tptp || TptpIncludes.TryInline(text, new TptpFolders(System.IO.Path.GetDirectoryName(Path), null), out text, out rejection))
        {
            if (GoalReader.TryRead(Language, text, out var document, out rejection))
                return document;
        }

        throw new UnreadableGoalException($"{Name}: {rejection}");
    }
}

/// <summary>Our own reader refuses a goal of the corpus.</summary>
internal sealed class UnreadableGoalException(string message) : Exception(message);
