using System.Text;

namespace ProverCluster.Messages.Languages;

/// <summary>
/// The copy of a script that a prover gets. Unguessable lines are printed where the commands change from those that
/// cannot matter to those that can, and before and after the check, so that the place of every line of output tells what
/// caused it. No line of the script moves: a mark stands on the line of the command that follows it.
/// </summary>
public sealed class SmtLibMarkedCopy
{
    /// <summary>
    /// The most stretches that are told apart on each side of the check; a script that alternates more often has its rest
    /// judged as one. Real ones have three or four.
    /// </summary>
    private const int MaxStretches = 32;

    private readonly List<SmtLibStretch> _stretches = [];
    private readonly List<(int At, int Length)> _inserted = [];

    private SmtLibMarkedCopy(SmtLibScript script, string mark)
    {
        (Script, Mark) = (script, mark);
        Split();
        var copy = new MemoryStream(script.Text.Length + 64 * _stretches.Count);
        var copied = 0;
        for (var index = 0; index < _stretches.Count; index++)
        {
            // The first stretch needs no mark, unless it is the check.
            var stretch = _stretches[index];
            if (index == 0 && !stretch.IsCheck)
                continue;
            copy.Write(script.Text.Span[copied..stretch.Start]);
            copied = stretch.Start;
            var echo = Encoding.ASCII.GetBytes($" (echo \"{Line(index)}\") ");
            copy.Write(echo);
            _inserted.Add((copied, echo.Length));
        }

        copy.Write(script.Text.Span[copied..]);
        Text = copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }

    public SmtLibScript Script { get; }

    public string Mark { get; }

    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>What lies between the marks, in order; the check is one of them by itself, and never the last.</summary>
    public IReadOnlyList<SmtLibStretch> Stretches => _stretches;

    /// <param name="script">The script.</param>
    /// <param name="mark">Letters and digits that the script's writer cannot know.</param>
    public static SmtLibMarkedCopy Of(SmtLibScript script, string mark) =>
        mark.Length > 0 && mark.All(char.IsAsciiLetterOrDigit)
            ? new SmtLibMarkedCopy(script, mark)
            : throw new ArgumentException("a mark is letters and digits", nameof(mark));

    /// <summary>The line that is printed before a stretch.</summary>
    public string Line(int stretch) => $"{Mark}-{stretch}";

    /// <summary>The places in the script of lines and columns of the copy, both from 0; null for what is no place of it.</summary>
    public IReadOnlyList<int?> Locate(IReadOnlyList<(int Line, int Column)> places) => Locate(places, out _);

    /// <param name="places">In any order.</param>
    /// <param name="looked">Bytes of the script that were read for it.</param>
    internal IReadOnlyList<int?> Locate(IReadOnlyList<(int Line, int Column)> places, out long looked)
    {
        var found = new int?[places.Count];
        var walker = new LineWalker(Script.Text.Span);
        foreach (var index in Enumerable.Range(0, places.Count).OrderBy(each => places[each]))
        {
            var (line, column) = places[index];
            if (walker.StartOf(line) is { } start && Unmoved(start, column) is { } own && walker.Reaches(own))
                found[index] = start + own;
        }

        looked = walker.Looked;
        return found;
    }

    /// <summary>The column in the script; null within a mark. Marks on the line, before the column, have moved it to the right.</summary>
    private int? Unmoved(int start, int column)
    {
        var moved = 0;
        foreach (var (at, length) in _inserted)
        {
            if (at < start || at - start + moved > column)
                continue;
            if (column < at - start + moved + length)
                return null;
            moved += length;
        }

        return column - moved;
    }

    private void Split()
    {
        var check = Script.Check;
        SmtLibStretch? open = null;
        foreach (var command in Script.Commands)
        {
            if (command.Kind == SmtLibCommandKind.Check)
            {
                Close(ref open);
                _stretches.Add(new SmtLibStretch(command.Start, command.End, IsCheck: true, IsHarmless: false));
                continue;
            }

            var harmless = command.Kind.IsHarmless();
            var side = command.Start < check.Start ? MaxStretches : 2 * MaxStretches + 1;
            if (open is { } last && (last.IsHarmless == harmless || _stretches.Count + 1 >= side))
            {
                open = last with { End = command.End, IsHarmless = last.IsHarmless && harmless };
                continue;
            }

            Close(ref open);
            open = new SmtLibStretch(command.Start, command.End, IsCheck: false, harmless);
        }

        Close(ref open);
        if (_stretches[^1].IsCheck)
            _stretches.Add(new SmtLibStretch(check.End, check.End, IsCheck: false, IsHarmless: true));
    }

    private void Close(ref SmtLibStretch? open)
    {
        if (open is { } stretch)
            _stretches.Add(stretch);
        open = null;
    }
}

/// <summary>Commands of a script between two marks.</summary>
/// <param name="Start">The offset of the first one.</param>
/// <param name="End">The offset after the last one.</param>
/// <param name="IsCheck">True of the check, which is alone in its stretch.</param>
/// <param name="IsHarmless">True if no failure of any of them can change which formulas were asserted.</param>
public readonly record struct SmtLibStretch(int Start, int End, bool IsCheck, bool IsHarmless);
