using System.Buffers;

namespace ProverCluster.Messages.Languages;

/// <summary>
/// Walks over the top-level commands of a script, in one pass and without recursion. It refuses what provers read
/// differently (z3 knows <c>#| |#</c> comments and <c>\|</c> in quoted symbols, cvc5 ends a comment at a carriage
/// return), and what is in no token of the language: after such a character z3 loses count of parentheses and runs what
/// stands in the middle of a command. In both a goal could hide commands from us.
/// </summary>
public ref struct SmtLibScanner(ReadOnlySpan<byte> text)
{
    private static readonly SearchValues<byte> Structural = SearchValues.Create(StructuralBytes());
    private static readonly SearchValues<byte> NameEnd = SearchValues.Create(" \t\r\n()\"|;#"u8);
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;

    public SmtLibCommand Current { get; private set; }

    /// <summary>Why the last <see cref="MoveNext"/> was false, or null at the end of a well-formed script.</summary>
    public GoalRejection? Rejection { get; private set; }

    public readonly SmtLibScanner GetEnumerator() => this;

    public bool MoveNext()
    {
        if (Rejection is not null || !SkipBlank() || _position == _text.Length)
            return false;
        var start = _position;
        if (_text[start] != '(')
            return Refuse(start, _text[start] == ')' ? "a closing parenthesis too many" : "text outside of any command");
        _position++;
        if (!SkipBlank())
            return false;
        var rest = _text[_position..];
        var name = rest[..(rest.IndexOfAny(NameEnd) is >= 0 and var length ? length : rest.Length)];
        if (name.IsEmpty || name[0] is (byte)':' or (>= (byte)'0' and <= (byte)'9'))
            return _position == _text.Length ? Unbalanced(start) : Refuse(_position, "a command must begin with its name");
        if (name.SequenceEqual("include"u8))
            return Refuse(start, "(include ...) is not read: a goal is one text");
        if (!SkipToEnd(start))
            return false;
        Current = new SmtLibCommand(SmtLibCommandKinds.Of(name), start, _position);
        return true;
    }

    private bool SkipToEnd(int start)
    {
        for (var depth = 1; depth > 0;)
        {
            var offset = _text[_position..].IndexOfAny(Structural);
            if (offset < 0)
                return Unbalanced(start);
            _position += offset;
            switch (_text[_position])
            {
                case (byte)'(':
                    depth++;
                    _position++;
                    break;
                case (byte)')':
                    depth--;
                    _position++;
                    break;
                default:
                    if (!SkipToken())
                        return false;
                    break;
            }
        }

        return true;
    }

    private bool SkipToken() => _text[_position] switch
    {
        (byte)'"' => SkipQuoted((byte)'"', "a string that is never closed"),
        (byte)'|' => SkipQuoted((byte)'|', "a quoted symbol that is never closed"),
        (byte)';' => SkipComment(),
        (byte)'#' => SkipHash(),
        < 128 => Refuse(_position, $"'{(char)_text[_position]}' is in no word of SMT-LIB, other than in a string, a quoted symbol or a comment"),
        _ => Refuse(_position, "a character outside ASCII that is not in a string, a quoted symbol or a comment"),
    };

    private bool SkipQuoted(byte quote, string unclosed)
    {
        // "" within a string reads here as two strings, which ends at the same place.
        var start = _position;
        var length = _text[(start + 1)..].IndexOf(quote);
        if (length < 0)
            return Refuse(start, unclosed);
        _position = start + 1 + length;
        if (quote == '|' && _text[_position - 1] == '\\')
            return Refuse(_position - 1, @"\| in a quoted symbol, which provers read differently");
        _position++;
        return true;
    }

    private bool SkipHash()
    {
        var next = _position + 1 < _text.Length ? _text[_position + 1] : default;
        var digit = _position + 2 < _text.Length ? _text[_position + 2] : default;
        if (next == '|')
            return Refuse(_position, "#|, which is a comment to some provers and an error to others");
        if (!(next == (byte)'b' && digit is (byte)'0' or (byte)'1') && !(next == 'x' && char.IsAsciiHexDigit((char)digit)))
            return Refuse(_position, "a # that begins no binary or hexadecimal number");
        _position += 2;
        return true;
    }

    private bool SkipComment()
    {
        var rest = _text[_position..];
        var end = rest.IndexOfAny(LineBreaks);
        if (end >= 0 && rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] != '\n')
            return Refuse(_position + end, "a carriage return in a comment: provers differ about where the comment ends");
        _position = end < 0 ? _text.Length : _position + end;
        return true;
    }

    private bool SkipBlank()
    {
        while (_position < _text.Length)
        {
            if (_text[_position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                _position++;
            else if (_text[_position] != ';')
                return true;
            else if (!SkipComment())
                return false;
        }

        return true;
    }

    private bool Unbalanced(int start) => Refuse(start, "a parenthesis that is never closed");

    private bool Refuse(int offset, string reason)
    {
        Rejection = GoalText.At(_text, offset, reason);
        return false;
    }

    private static byte[] StructuralBytes() =>
        [.. "()\"|;#\\'`,[]{}"u8, .. Enumerable.Range(128, 128).Select(value => (byte)value)];
}
