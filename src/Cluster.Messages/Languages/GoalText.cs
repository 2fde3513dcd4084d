using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ProverCluster.Messages.Languages;

/// <summary>What every language asks of a text before its own reader looks at it, and how places in it are told.</summary>
internal static class GoalText
{
    /// <summary>The most of a goal's own text that a rejection quotes.</summary>
    private const int QuoteLength = 60;

    // Everything below a space but tab, line feed and carriage return, and delete. Provers differ about all of them.
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    public static GoalRejection? Check(ReadOnlySpan<byte> text)
    {
        if (text.Length > GoalReader.MaxBytes)
            return TooLarge(text.Length);
        if (text.IsEmpty)
            return new GoalRejection("the goal is empty");
        if (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return At(text, 0, "the text begins with a byte order mark, which provers do not read; save it as plain UTF-8");
        if (text.IndexOfAny(Controls) is >= 0 and var control)
            return At(text, control, $"control character 0x{text[control]:x2}: this is not a text");
        return Utf8.IsValid(text) ? null : At(text, FirstInvalid(text), "invalid UTF-8: this is not a text");
    }

    /// <summary>A goal that is not read, because there is too much of it.</summary>
    public static GoalRejection TooLarge(long? bytes) => new(bytes is null
        ? FormattableString.Invariant($"the goal has more than the {GoalReader.MaxBytes:N0} bytes (64 MiB) that it may have")
        : FormattableString.Invariant($"the goal has {bytes:N0} bytes and may have {GoalReader.MaxBytes:N0} (64 MiB)"));

    /// <summary>A rejection at a byte of the text; both numbers count from 1.</summary>
    public static GoalRejection At(ReadOnlySpan<byte> text, int offset, string reason)
    {
        var before = text[..offset];
        return new GoalRejection(reason, before.Count((byte)'\n') + 1, offset - before.LastIndexOf((byte)'\n'));
    }

    /// <summary>Some of the text for a sentence: cut, and with line breaks made visible.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        var cut = text.Length > QuoteLength;
        var shown = Encoding.UTF8.GetString(cut ? text[..QuoteLength] : text).ReplaceLineEndings(" ").Replace('\t', ' ');
        return cut ? shown + "..." : shown;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        // Only of a text known to be invalid: halve until the first bad sequence is near, then step.
        var low = 0;
        for (var high = text.Length; high - low > 64;)
        {
            var middle = low + (high - low) / 2;
            while (middle > low && (text[middle] & 0xC0) == 0x80)
                middle--;
            if (middle == low)
                break;
            if (Utf8.IsValid(text[low..middle]))
                low = middle;
            else
                high = middle;
        }

        while (Rune.DecodeFromUtf8(text[low..], out _, out var length) == OperationStatus.Done)
            low += length;
        return low;
    }
}
