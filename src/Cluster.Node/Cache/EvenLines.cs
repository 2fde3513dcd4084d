using System.Buffers;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Cache;

/// <summary>
/// A well-formed goal's text in pieces, without what no reader of its language sees: spaces, tabs and carriage returns before the end of a line, and whether the last line has
/// an end. Nothing within quotes is touched, where all of that is part of a name or a string. One pass, in which nothing is copied.
/// </summary>
internal ref struct EvenLines
{
    private static readonly SearchValues<byte> SmtLib = SearchValues.Create("\n\"|;"u8);
    private static readonly SearchValues<byte> Tptp = SearchValues.Create("\n\"'%#/"u8);
    private static readonly SearchValues<byte> Dimacs = SearchValues.Create("\n"u8);

    private readonly ReadOnlySpan<byte> _text;
    private readonly GoalLanguage _language;
    private readonly SearchValues<byte> _interesting;

    /// <summary>What is before it was given, or cut.</summary>
    private int _given;
    private int _position;

    /// <summary>The end of the last quotes: what is before it is not cut.</summary>
    private int _quotesEnd;

    /// <summary>The end of a comment, in which quotes are none.</summary>
    private int _commentEnd;
    private bool _isOver;

    public EvenLines(GoalLanguage language, ReadOnlySpan<byte> text)
    {
        _language = language;
        _text = text;
        _interesting = language switch
        {
            GoalLanguage.SmtLib2 => SmtLib,
            GoalLanguage.Tptp => Tptp,
            GoalLanguage.Dimacs => Dimacs,
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, "no such language"),
        };
    }

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly EvenLines GetEnumerator() => this;

    public bool MoveNext()
    {
        while (Find())
        {
            if (_text[_position] != '\n')
            {
                SkipToken();
                continue;
            }

            var end = Trim(_position);
            var (given, cut) = (_given, end < _position);
            if (cut)
                _given = _position;
            _position++;
            if (cut && end > given)
            {
                Current = _text[given..end];
                return true;
            }
        }

        return GiveRest();
    }

    private bool GiveRest()
    {
        if (_isOver)
            return false;
        var end = Trim(_text.Length);
        if (_given < end)
        {
            Current = _text[_given..end];
            _given = _text.Length;
            return true;
        }

        _isOver = true;
        Current = "\n"u8;
        return end > 0 && _text[end - 1] != '\n';
    }

    private bool Find()
    {
        if (_position < _commentEnd)
        {
            if (_text[_position.._commentEnd].IndexOf((byte)'\n') is >= 0 and var line)
            {
                _position += line;
                return true;
            }

            _position = _commentEnd;
        }

        var offset = _text[_position..].IndexOfAny(_interesting);
        _position = offset < 0 ? _text.Length : _position + offset;
        return offset >= 0;
    }

    /// <summary>Where the blanks begin that stand before this place.</summary>
    private readonly int Trim(int end)
    {
        while (end > _quotesEnd && _text[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r')
            end--;
        return end;
    }

    private void SkipToken()
    {
        switch (_text[_position])
        {
            case (byte)'"' or (byte)'|' when _language == GoalLanguage.SmtLib2:
                // "" within a string reads here as two strings, which ends at the same place.
                EndQuotes(_position + 1 + IndexOf(_text[(_position + 1)..], [_text[_position]]));
                break;
            case (byte)'"' or (byte)'\'':
                EndQuotes(TptpQuote(_position));
                break;
            case (byte)'/' when _text[(_position + 1)..] is not [(byte)'*', ..]:
                _position++;
                break;
            case (byte)'/':
                _commentEnd = _position + 2 + IndexOf(_text[(_position + 2)..], "*/"u8);
                _position += 2;
                break;
            default:
                _commentEnd = _position + IndexOf(_text[_position..], "\n"u8);
                _position = _commentEnd;
                break;
        }
    }

    private readonly int TptpQuote(int start)
    {
        var at = start + 1;
        while (at < _text.Length && _text[at] != _text[start])
            at += _text[at] == '\\' ? 2 : 1;
        return at;
    }

    private void EndQuotes(int last) => _position = _quotesEnd = Math.Min(last + 1, _text.Length);

    private static int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> what) => text.IndexOf(what) is >= 0 and var index ? index : text.Length;
}
