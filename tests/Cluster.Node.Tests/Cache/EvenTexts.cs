using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Tests.Goals;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>Short words for the specs of keys.</summary>
internal static class EvenTexts
{
    public static readonly Goal Goal = RaceScript.Goal(Strategy.Speculative);

    public static string Even(GoalLanguage language, string text)
    {
        var even = new MemoryStream();
        foreach (var piece in new EvenLines(language, Encoding.UTF8.GetBytes(text)))
            even.Write(piece);
        return Encoding.UTF8.GetString(even.ToArray());
    }

    public static GoalDocument Read(GoalLanguage language, string text) =>
        GoalReader.TryRead(language, Encoding.UTF8.GetBytes(text), out var document, out var rejection) ? document : throw new Xunit.Sdk.XunitException($"{rejection}: {text}");

    public static string Key(GoalLanguage language, string text, Goal? goal = null) => VerdictKey.Of(goal ?? Goal, Read(language, text)).Value;
}
