using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ProverCluster.Messages.Languages;

/// <summary>
/// Puts the text of included files in the place of their directives. Done by the client, so that hash, cache, wire and
/// provers all see one text. A formula that is reached twice is inlined once; an include of itself is refused.
/// </summary>
public sealed class TptpIncludes
{
    /// <summary>The most directives that are followed, and how deep: far above what the TPTP library needs.</summary>
    private const int MaxDirectives = 10_000, MaxDepth = 100;

    private readonly ITptpFiles _files;
    private readonly MemoryStream _text = new();
    private readonly HashSet<(string Path, int Start)> _inlined = [];
    private readonly List<string> _open = [];
    private int _directives;

    private TptpIncludes(ITptpFiles files) => _files = files;

    /// <param name="text">A problem, with or without includes.</param>
    /// <param name="files">Where to look for them.</param>
    /// <param name="inlined">The text without any include; the very same bytes if it had none.</param>
    /// <param name="rejection">Names the include that cannot be had, and why.</param>
    public static bool TryInline(ReadOnlyMemory<byte> text, ITptpFiles files, out ReadOnlyMemory<byte> inlined, [NotNullWhen(false)] out GoalRejection? rejection)
    {
        inlined = text;
        rejection = GoalText.Check(text.Span);
        if (rejection is not null || text.Span.IndexOf("include"u8) < 0)
            return rejection is null;
        var work = new TptpIncludes(files);
        rejection = work.AppendProblem(text.Span);
        if (work._directives > 0)
            inlined = work._text.GetBuffer().AsMemory(0, (int)work._text.Length);
        return rejection is null;
    }

    private GoalRejection? AppendProblem(ReadOnlySpan<byte> text)
    {
        var copied = 0;
        var scanner = new TptpScanner(text);
        while (scanner.MoveNext())
        {
            var item = scanner.Current;
            if (!item.IsInclude)
                continue;
            _text.Write(text[copied..item.Start]);
            copied = item.End;
            if (AppendInclude(text, item, null) is { } refusal)
                return GoalText.At(text, item.Start, refusal);
        }

        _text.Write(text[copied..]);
        return scanner.Rejection ?? (_text.Length > GoalReader.MaxBytes ? GoalText.TooLarge(_text.Length) : null);
    }

    private string? AppendInclude(ReadOnlySpan<byte> text, TptpItem include, TptpSelection? outer)
    {
        var name = Encoding.UTF8.GetString(TptpItem.Unquote(text[include.First])).Replace("\\'", "'").Replace(@"\\", @"\");
        var shown = $"include of '{GoalText.Quote(Encoding.UTF8.GetBytes(name))}'";
        if (!TptpSelection.TryRead(text[include.Second], out var selection))
            return $"{shown}: its selection is not a list of names";
        if (++_directives > MaxDirectives || _open.Count == MaxDepth)
            return $"{shown}: more than {MaxDirectives} includes, or more than {MaxDepth} within each other";
        if (!_files.TryRead(name, out var path, out var file, out var refusal))
            return $"{shown} {refusal}";
        if (_open.Contains(path))
            return $"{shown}: it includes itself";
        if (!file.IsEmpty && GoalText.Check(file.Span) is { } noText)
            return $"{shown}: {noText}";
        _open.Add(path);
        var failure = AppendFile(path, file.Span, selection?.Within(outer) ?? outer);
        _open.RemoveAt(_open.Count - 1);
        return failure is not null ? $"{shown}: {failure}"
            : selection?.Missing() is { } missing ? $"{shown}: it has no formula named {missing}"
            : null;
    }

    private string? AppendFile(string path, ReadOnlySpan<byte> text, TptpSelection? selection)
    {
        _text.WriteByte((byte)'\n');
        var scanner = new TptpScanner(text);
        while (scanner.MoveNext())
        {
            var item = scanner.Current;
            if (item.IsInclude)
            {
                if (AppendInclude(text, item, selection) is { } failure)
                    return failure;
            }
            else if (selection?.Selects(text[item.First]) != false && _inlined.Add((path, item.Start)))
            {
                _text.Write(text[item.Start..item.End]);
                _text.WriteByte((byte)'\n');
            }

            if (_text.Length > GoalReader.MaxBytes)
                return GoalText.TooLarge(_text.Length).Reason;
        }

        return scanner.Rejection?.ToString();
    }
}
