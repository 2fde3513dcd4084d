using Akka.Actor;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Texts;

namespace ProverCluster.Node.Texts;

/// <summary>One text on its way here: what has arrived, and what is asked for.</summary>
internal sealed class TextFetch(FetchText what, IActorRef peer, IActorRef first)
{
    /// <summary>How many pieces are asked for ahead.</summary>
    private const int Ahead = 4;

    /// <summary>How many periods without a new piece are too many.</summary>
    private const int MostQuietPeriods = 10;

    private readonly byte[] _bytes = new byte[what.Text.Bytes];
    private readonly SortedSet<long> _asked = [];
    private long _next;
    private long _arrived;
    private int _quiet;

    public TextDigest Text => what.Text;

    public string Source => what.Source;

    public HashSet<IActorRef> Waiting { get; } = [first];

    public bool IsWhole => _arrived == _bytes.Length;

    /// <summary>Keeps as many pieces on their way as may be.</summary>
    public void Ask(IActorRef self)
    {
        while (_asked.Count < Ahead && _next < _bytes.Length)
        {
            peer.Tell(new TextCommands.Read(Text, _next), self);
            _asked.Add(_next);
            _next += TextEvents.MostBytes;
        }
    }

    /// <summary>What is asked for and has not come may be lost.</summary>
    public void AskAgain(IActorRef self)
    {
        foreach (var offset in _asked)
            peer.Tell(new TextCommands.Read(Text, offset), self);
    }

    public bool IsStuck() => ++_quiet > MostQuietPeriods;

    /// <summary>False for a piece that nobody waits for.</summary>
    public bool Take(TextEvents.Piece piece)
    {
        if (!_asked.Contains(piece.Offset) || piece.Bytes.Length != Math.Min(TextEvents.MostBytes, _bytes.Length - piece.Offset))
            return false;

        _asked.Remove(piece.Offset);
        piece.Bytes.CopyTo(_bytes.AsMemory((int)piece.Offset));
        _arrived += piece.Bytes.Length;
        _quiet = 0;
        return true;
    }

    /// <summary>What arrived, as its language's reader sees it, or why it is not what was asked for.</summary>
    public (GoalDocument? Document, string? Fault) Judge()
    {
        if (TextDigest.Of(_bytes) != Text)
            return (null, $"{Source} sent another text");
        return GoalReader.TryRead(what.Language, _bytes, out var document, out var rejection) ? (document, null) : (null, rejection.ToString());
    }
}
