namespace ProverCluster.Messages.Languages;

/// <summary>
/// Finds lines and columns of a text, going forward only: however many are asked for, the text is read about once. A hostile
/// prover reports its errors at the end of a text of millions of lines.
/// </summary>
internal ref struct LineWalker(ReadOnlySpan<byte> text)
{
    /// <summary>Bytes whose line feeds are counted at once; what a step may read twice.</summary>
    public const int Stride = 4096;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _line;
    private int _lineStart;
    private int _seen;

    /// <summary>Bytes that were read so far, those that were read twice counted twice.</summary>
    public long Looked { get; private set; }

    /// <summary>Where the line begins; null if there is no such line. No line may lie before the one asked for last.</summary>
    public int? StartOf(int line)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(line, _line);
        for (var wanted = line - _line; wanted > 0;)
        {
            var block = _text[_seen..Math.Min(_seen + Stride, _text.Length)];
            if (block.IsEmpty)
                return null;
            Looked += block.Length;
            var found = block.Count((byte)'\n');
            if (found < wanted)
            {
                _line += found;
                wanted -= found;
                _seen += block.Length;
                continue;
            }

            for (; wanted > 0; wanted--)
                _seen += _text[_seen..].IndexOf((byte)'\n') + 1;
            (_line, _lineStart) = (line, _seen);
        }

        return _lineStart;
    }

    /// <summary>Whether the line that was found last has as many bytes before its end. No column may lie before the one asked for last.</summary>
    public bool Reaches(int column)
    {
        var end = (long)_lineStart + column;
        if (end > _text.Length)
            return false;
        if (end <= _seen)
            return true;
        var rest = _text[_seen..(int)end];
        var stop = rest.IndexOf((byte)'\n');
        Looked += stop < 0 ? rest.Length : stop;
        _seen += stop < 0 ? rest.Length : stop;
        return stop < 0;
    }
}
