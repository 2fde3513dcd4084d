using System.Buffers;

namespace ProverCluster.Messages.Languages;

/// <summary>The tokens within one well-formed command, for the few questions that look inside it. Quoted symbols come without their bars.</summary>
public ref struct SmtLibTokens(ReadOnlySpan<byte> command)
{
    private static readonly SearchValues<byte> End = SearchValues.Create(" \t\r\n()\"|;"u8);
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    private ReadOnlySpan<byte> _rest = command;

    /// <summary>The token: a parenthesis, a string with its quotes, a symbol without bars, a keyword or a literal.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly SmtLibTokens GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            switch (_rest[0])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    _rest = _rest[1..];
                    break;
                case (byte)';':
                    var comment = _rest.IndexOfAny(LineBreaks);
                    _rest = comment < 0 ? default : _rest[comment..];
                    break;
                case (byte)'(' or (byte)')':
                    return Take(1, 0);
                case (byte)'"':
                    return Take(StringLength(_rest), 0);
                case (byte)'|':
                    return Take(_rest[1..].IndexOf((byte)'|') + 2, 1);
                default:
                    var length = _rest.IndexOfAny(End);
                    return Take(length < 0 ? _rest.Length : length, 0);
            }
        }

        return false;
    }

    private bool Take(int length, int bars)
    {
        Current = _rest[bars..(length - bars)];
        _rest = _rest[length..];
        return true;
    }

    private static int StringLength(ReadOnlySpan<byte> rest)
    {
        var length = 1;
        while (true)
        {
            length += rest[length..].IndexOf((byte)'"') + 1;
            if (length == rest.Length || rest[length] != '"')
                return length;
            length++;
        }
    }
}
