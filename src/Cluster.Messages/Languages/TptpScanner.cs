using System.Buffers;

namespace ProverCluster.Messages.Languages;

/// <summary>Walks over the top-level items of a TPTP file, in one pass and without recursion.</summary>
/// <param name="text">The file.</param>
/// <param name="hashes">Is told where comments of <c>#</c> begin, which are E's own.</param>
public ref struct TptpScanner(ReadOnlySpan<byte> text, List<int>? hashes = null)
{
    private static readonly SearchValues<byte> Structural = SearchValues.Create("()[]{}'\"%#/,"u8);
    private static readonly SearchValues<byte> Word = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;

    public TptpItem Current { get; private set; }

    /// <summary>Why the last <see cref="MoveNext"/> was false, or null at the end of a well-formed file.</summary>
    public GoalRejection? Rejection { get; private set; }

    public readonly TptpScanner GetEnumerator() => this;

    public bool MoveNext()
    {
        if (Rejection is not null || !SkipBlank() || _position == _text.Length)
            return false;
        var start = _position;
        var word = _text[start..];
        word = word[..(word.IndexOfAnyExcept(Word) is >= 0 and var length ? length : word.Length)];
        var isInclude = word.SequenceEqual("include"u8);
        if (!isInclude && !IsFormulaLanguage(word))
            return Refuse(start, "expected cnf, fof, tff, thf, tcf, tpi or include");
        _position += word.Length;
        if (!SkipBlank())
            return false;
        if (_position == _text.Length || _text[_position] != '(')
            return Refuse(_position, "expected an opening parenthesis");
        if (!SkipArguments(out var first, out var second, out var third) || !SkipBlank())
            return false;
        if (_position == _text.Length || _text[_position] != '.')
            return Refuse(_position, "expected the full stop that ends a formula");
        _position++;
        Current = new TptpItem(isInclude, start, _position, Trim(first), Trim(second), Trim(third));
        return true;
    }

    private static bool IsFormulaLanguage(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("fof"u8) || word.SequenceEqual("cnf"u8) || word.SequenceEqual("tff"u8)
        || word.SequenceEqual("thf"u8) || word.SequenceEqual("tcf"u8) || word.SequenceEqual("tpi"u8);

    private bool SkipArguments(out Range first, out Range second, out Range third)
    {
        // One kind of bracket is counted, all three must be balanced: a stack would make hostile depth cost memory.
        var (start, argument, arguments) = (_position, _position + 1, 0);
        var (round, square, curly) = (0, 0, 0);
        (first, second, third) = (default, default, default);
        do
        {
            var offset = _text[_position..].IndexOfAny(Structural);
            if (offset < 0)
                return Refuse(start, "a parenthesis that is never closed");
            _position += offset;
            var at = _position;
            switch (_text[at])
            {
                case (byte)'(': round++; break;
                case (byte)')': round--; break;
                case (byte)'[': square++; break;
                case (byte)']': square--; break;
                case (byte)'{': curly++; break;
                case (byte)'}': curly--; break;
                case (byte)',': break;
                default:
                    if (!SkipQuotedOrComment())
                        return false;
                    continue;
            }

            _position++;
            if (square < 0 || curly < 0 || (round == 0 && square + curly > 0))
                return Refuse(at, "brackets that do not match");
            if (round == 0 || (_text[at] == ',' && (round, square, curly) == (1, 0, 0)))
            {
                (first, second, third) = arguments switch
                {
                    0 => (argument..at, default, default),
                    1 => (first, argument..at, default),
                    2 => (first, second, argument..at),
                    _ => (first, second, third),
                };
                arguments++;
                argument = _position;
            }
        }
        while (round > 0);

        return true;
    }

    private bool SkipQuotedOrComment()
    {
        var at = _position;
        switch (_text[at])
        {
            case (byte)'\'' or (byte)'"':
                return SkipQuoted(_text[at]);
            case (byte)'/' when at + 1 == _text.Length || _text[at + 1] != '*':
                _position++;
                return true;
            default:
                return SkipComment();
        }
    }

    private bool SkipQuoted(byte quote)
    {
        var start = _position++;
        while (_position < _text.Length && _text[_position] != quote)
        {
            if (_text[_position] is (byte)'\n' or (byte)'\r')
                break;
            _position += _text[_position] == '\\' ? 2 : 1;
        }

        // A line break in quotes is no TPTP, and would let a name look like a line of a prover's own.
        if (_position >= _text.Length || _text[_position] != quote)
            return Refuse(start, "a quote that is not closed on its line");
        _position++;
        return true;
    }

    private bool SkipComment()
    {
        var at = _position;
        if (_text[at] == '/')
        {
            if (at + 2 < _text.Length && _text[at + 2] == '/')
                return Refuse(at, "/*/, which is all of a comment to E and the beginning of one to others");
            var end = _text[(at + 2)..].IndexOf("*/"u8);
            _position = end < 0 ? _text.Length : at + 2 + end + 2;
            return end >= 0 || Refuse(at, "a comment that is never closed");
        }

        if (_text[at] == '#')
            hashes?.Add(at);
        var line = _text[at..].IndexOf((byte)'\n') is >= 0 and var length ? _text.Slice(at, length) : _text[at..];
        if (line.TrimEnd((byte)'\r').Contains((byte)'\r'))
            return Refuse(at, "a carriage return in a comment: provers differ about where the comment ends");
        _position = at + line.Length;
        return true;
    }

    private bool SkipBlank()
    {
        while (_position < _text.Length)
        {
            switch (_text[_position])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    _position++;
                    break;
                case (byte)'%' or (byte)'#':
                case (byte)'/' when _position + 1 < _text.Length && _text[_position + 1] == '*':
                    if (!SkipComment())
                        return false;
                    break;
                default:
                    return true;
            }
        }

        return true;
    }

    private readonly Range Trim(Range range)
    {
        var (start, length) = range.GetOffsetAndLength(_text.Length);
        var inside = _text.Slice(start, length);
        var leading = length - inside.TrimStart(" \t\r\n"u8).Length;
        return (start + leading)..(start + leading + inside.Trim(" \t\r\n"u8).Length);
    }

    private bool Refuse(int offset, string reason)
    {
        Rejection = GoalText.At(_text, offset, reason);
        return false;
    }
}
