namespace ProverCluster.Messages.Languages;

/// <summary>Walks over the literals of a CNF, in one pass; a 0 ends a clause. Comments may stand on any line.</summary>
internal ref struct DimacsScanner(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;
    private bool _headerRead;
    private int _declared;
    private int _line;
    private int _begunOn = -1;
    private int _endedOn = -1;

    public int Literal { get; private set; }

    public int Variables { get; private set; }

    /// <summary>The clauses that were ended so far; at the end what the header says.</summary>
    public int Clauses { get; private set; }

    /// <summary>False once something was seen that some provers stumble over.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>Why the last <see cref="MoveNext"/> was false, or null at the end of a well-formed formula.</summary>
    public GoalRejection? Rejection { get; private set; }

    public bool MoveNext()
    {
        if (Rejection is not null || (!_headerRead && !ReadHeader()))
            return false;
        if (!SkipBlank())
            return AtEnd();
        var start = _position;
        if (!ReadNumber(out var literal))
            return false;
        if (Math.Abs(literal) > Variables)
            return Refuse(start, $"literal {literal} is out of range: the header declares {Variables} variables");
        // Plain is a clause to a line: begun where no other was ended, ended where it was begun.
        IsPlain &= _begunOn < 0 ? _endedOn != _line : _begunOn == _line;
        Literal = (int)literal;
        _begunOn = literal == 0 ? -1 : _line;
        if (literal == 0)
        {
            Clauses++;
            _endedOn = _line;
        }

        return true;
    }

    private bool ReadHeader()
    {
        var found = SkipBlank();
        _headerRead = true;
        if (!found || _text[_position] != 'p')
            return Refuse(_position, "expected the header 'p cnf VARIABLES CLAUSES'");
        var start = _position;
        var end = _text[start..].IndexOf((byte)'\n') is >= 0 and var length ? start + length : _text.Length;
        var line = _text[start..end].TrimEnd(" \t\r"u8);
        _position = start + 1;
        SkipSpaces();
        var kind = _text[_position..];
        if (_position == start + 1 || !kind.StartsWith("cnf"u8) || kind.Length < 4 || kind[3] is not ((byte)' ' or (byte)'\t'))
            return Refuse(start, "expected the header 'p cnf VARIABLES CLAUSES'");
        _position += 3;
        SkipSpaces();
        if (!ReadNumber(out var variables))
            return false;
        SkipSpaces();
        if (!ReadNumber(out var clauses))
            return false;
        if (variables < 0 || clauses < 0 || _position != start + line.Length)
            return Refuse(start, "expected the header 'p cnf VARIABLES CLAUSES'");
        (Variables, _declared) = ((int)variables, (int)clauses);
        return true;
    }

    private bool AtEnd()
    {
        if (_begunOn >= 0)
            return Refuse(_text.Length, "the last clause is not ended by a 0");
        if (Rejection is null && Clauses != _declared)
            Rejection = new GoalRejection($"the header lies: it declares {_declared} clauses and there are {Clauses}");
        return false;
    }

    private bool ReadNumber(out long number)
    {
        var start = _position;
        var negative = start < _text.Length && _text[start] == '-';
        _position += negative ? 1 : 0;
        var digits = _position;
        number = 0;
        for (; _position < _text.Length && _text[_position] is >= (byte)'0' and <= (byte)'9'; _position++)
        {
            number = number * 10 + (_text[_position] - '0');
            if (number > int.MaxValue)
                return Refuse(start, "a number above 2147483647");
        }

        if (_position == digits || (_position < _text.Length && _text[_position] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')))
            return Refuse(start, "expected a number");
        if (negative && number == 0)
            return Refuse(start, "-0 is no literal");
        IsPlain &= _position - digits == 1 || _text[digits] != '0';
        number = negative ? -number : number;
        return true;
    }

    private void SkipSpaces()
    {
        while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\t')
            _position++;
    }

    /// <summary>Goes to the next token; false at the end, which SATLIB's lone % is too.</summary>
    private bool SkipBlank()
    {
        while (_position < _text.Length)
        {
            switch (_text[_position])
            {
                case (byte)' ':
                    _position++;
                    break;
                case (byte)'\n':
                    _line++;
                    _position++;
                    break;
                case (byte)'\t' or (byte)'\r':
                    IsPlain = false;
                    _position++;
                    break;
                case (byte)'c' when StartsLine():
                    IsPlain &= !_headerRead;
                    _position = _text[_position..].IndexOf((byte)'\n') is >= 0 and var length ? _position + length : _text.Length;
                    break;
                case (byte)'%' when StartsLine():
                    return SkipTrailer();
                default:
                    return true;
            }
        }

        return false;
    }

    private readonly bool StartsLine()
    {
        var before = _text[.._position];
        return before[(before.LastIndexOf((byte)'\n') + 1)..].Trim(" \t"u8).IsEmpty;
    }

    private bool SkipTrailer()
    {
        IsPlain = false;
        var start = _position;
        _position = _text.Length;
        if (_text[(start + 1)..].IndexOfAnyExcept("0 \t\r\n%"u8) is >= 0 and var offset)
            Refuse(start + 1 + offset, "text after the closing %");
        return false;
    }

    private bool Refuse(int offset, string reason)
    {
        Rejection ??= GoalText.At(_text, Math.Min(offset, _text.Length), reason);
        return false;
    }
}
