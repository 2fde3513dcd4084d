using System.Globalization;
using System.Text;

namespace ProverCluster.Messages.Languages;

/// <summary>A propositional model as the SAT competitions write it: z3 leaves out the 0 at its end, minisat the letter at its beginning.</summary>
public static class DimacsModel
{
    private const int MaxLine = 78;

    /// <summary>Lines of <c>v</c> and literals, the last one ending in 0; the text as it is if it holds anything but literals.</summary>
    public static string Lines(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word != "v").ToList();
        if (!words.TrueForAll(word => long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))) return text;
        if (words.Count == 0 || words[^1] != "0") words.Add("0");
        var lines = new StringBuilder();
        var line = 0;
        foreach (var word in words)
        {
            if (line + 1 + word.Length > MaxLine) line = 0;
            if (line == 0)
            {
                lines.Append(lines.Length == 0 ? "v" : "\nv");
                line = 1;
            }
            lines.Append(' ').Append(word);
            line += 1 + word.Length;
        }
        return lines.Append('\n').ToString();
    }
}
