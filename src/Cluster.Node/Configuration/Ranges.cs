using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ProverCluster.Node.Configuration;

/// <summary>A duration between two others, with its unit.</summary>
public sealed class DurationRange(string min, string max) : Allowed<TimeSpan>
{
    private readonly TimeSpan _min = Parse(min);
    private readonly TimeSpan _max = Parse(max);

    public override string Wanted => $"a duration with its unit (ms, s, m, h or d) from {min} to {max}";

    public override bool TryRead(string text, out TimeSpan value)
    {
        var read = Quantities.TryRead(text, Quantities.DurationUnits, out var ticks);
        value = new TimeSpan(ticks);
        return read && value >= _min && value <= _max;
    }

    private static TimeSpan Parse(string text) =>
        Quantities.TryRead(text, Quantities.DurationUnits, out var ticks) ? new TimeSpan(ticks) : throw new FormatException(text);
}

/// <summary>A number of bytes between two others, with its unit.</summary>
public sealed class SizeRange(string min, string max) : Allowed<long>
{
    private readonly long _min = Parse(min);
    private readonly long _max = Parse(max);

    public override string Wanted => $"a size with its unit (B, KiB, MiB, GiB or TiB) from {min} to {max}";

    public override bool TryRead(string text, out long value) =>
        Quantities.TryRead(text, Quantities.SizeUnits, out value) && value >= _min && value <= _max;

    private static long Parse(string text) =>
        Quantities.TryRead(text, Quantities.SizeUnits, out var bytes) ? bytes : throw new FormatException(text);
}

/// <summary>A whole number between two others.</summary>
public sealed class CountRange(int min, int max) : Allowed<int>
{
    public override string Wanted => string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}");

    public override bool TryRead(string text, out int value) =>
        int.TryParse(text, min < 0 ? NumberStyles.AllowLeadingSign : NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max;
}

/// <summary>One of a few words.</summary>
public sealed class Choice<T>(params (string Word, T Value)[] words) : Allowed<T>
    where T : notnull
{
    public override string Wanted => string.Join(" or ", words.Select(entry => entry.Word));

    public override bool TryRead(string text, [MaybeNullWhen(false)] out T value)
    {
        foreach (var (word, meant) in words)
        {
            value = meant;
            if (word == text) return true;
        }
        value = default;
        return false;
    }

    /// <summary>The word that is read as that value.</summary>
    public string WordOf(T value) => words.First(entry => entry.Value.Equals(value)).Word;
}

/// <summary>A program to start: a name to find on PATH, or an absolute path.</summary>
public sealed class ProgramName : Allowed<string>
{
    public override string Wanted => "the name of a program on PATH, or an absolute path,";

    public override bool TryRead(string text, out string value)
    {
        value = text;
        return text.Length > 0 && !text.Contains('\0') && (text[0] == '/' || !text.Contains('/'));
    }
}
