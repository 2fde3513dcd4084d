using System.Text;
using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Texts;

namespace ProverCluster.Node.Texts;

/// <summary>One text on its way here: what has arrived, what is asked for, and who waits.</summary>
/// <param name="text">Which text.</param>
/// <param name="source">The address of the node it comes from.</param>
/// <param name="peer">The actor there.</param>
internal sealed class TextFetch(TextDigest text, string source, IActorRef peer)
{
    /// <summary>How many pieces are asked for ahead.</summary>
    private const int Ahead = 4;

    /// <summary>How many periods without a new piece are too many.</summary>
    internal const int MostQuietPeriods = 10;

    private readonly byte[] _bytes = new byte[text.Bytes];
    private readonly SortedSet<long> _asked = [];
    private long _next;
    private long _arrived;
    private int _quiet;

    public TextDigest Text => text;

    public string Source => source;

    public IActorRef Peer => peer;

    /// <summary>What a goal is written in, if anybody waits for a goal.</summary>
    public GoalLanguage? Language => Waiting.Find(waiting => waiting.Language is not null)?.Language;

    public List<WaitingForText> Waiting { get; } = [];

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

    /// <summary>A period is over. What is asked for and did not come in all of it may be lost.</summary>
    /// <returns>False if the source has sent nothing for too long.</returns>
    public bool GoOn(IActorRef self)
    {
        if (IsWhole)
            return true;
        if (++_quiet > MostQuietPeriods)
            return false;
        if (_quiet > 1)
        {
            foreach (var offset in _asked)
                peer.Tell(new TextCommands.Read(Text, offset), self);
        }

        return true;
    }

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

    /// <summary>What arrived, or why it is not what was asked for. For a goal, as its language's reader sees it.</summary>
    /// <param name="language">Null for an output.</param>
    public ArrivedText Judge(GoalLanguage? language)
    {
        if (TextDigest.Of(_bytes) != Text)
            return new ArrivedText(this, null, null, $"{Source} sent another text");
        if (language is null)
            return new ArrivedText(this, Encoding.UTF8.GetString(_bytes), null, null);
        return GoalReader.TryRead(language.Value, _bytes, out var document, out var rejection)
            ? new ArrivedText(this, null, document, null)
            : new ArrivedText(this, null, null, rejection.ToString());
    }
}

/// <param name="Who">Is told when the text is here.</param>
/// <param name="Language">What a goal is written in; null if the text is an output.</param>
/// <param name="Run">Whose output; null if the text is a goal.</param>
/// <param name="Source">The address of the node that has it, as it was told.</param>
/// <param name="LetsGo">Whether an output need not be kept there any longer.</param>
internal sealed record WaitingForText(IActorRef Who, GoalLanguage? Language, RunId? Run, string Source, bool LetsGo = true)
{
    public void Tell(TextDigest text, string? fault, ArrivedText? arrived = null) => Who.Tell(
        Run is null ? new TextFetched(text, fault) : new OutputFetched(arrived?.Output ?? Goal(arrived), fault), ActorRefs.NoSender);

    private static string? Goal(ArrivedText? arrived) => arrived?.Document is { } document ? Encoding.UTF8.GetString(document.Text.Span) : null;
}

/// <param name="Fetch">Whose text.</param>
/// <param name="Output">What arrived, if nobody wants a goal.</param>
/// <param name="Document">The goal that arrived, if anybody wants one.</param>
/// <param name="Fault">Why it is not what was asked for; null if it is.</param>
internal sealed record ArrivedText(TextFetch Fetch, string? Output, GoalDocument? Document, string? Fault) : INoSerializationVerificationNeeded;
