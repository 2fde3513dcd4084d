using System.Collections.Immutable;
using System.Text;
using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Texts;

namespace ProverCluster.Node.Texts;

/// <summary>One text on its way here: what has arrived, what is to be asked for next, and who waits.</summary>
/// <param name="text">Which text.</param>
/// <param name="source">The address of the node it comes from.</param>
/// <param name="peer">The actor there.</param>
internal sealed class TextFetch(TextDigest text, string source, IActorRef peer)
{
    /// <summary>Null before the first piece: a text that waits for its turn, or whose source is dead, takes no memory.</summary>
    private byte[]? _bytes;
    private long _next;
    private long _arrived;

    public TextDigest Text => text;

    public string Source => source;

    public IActorRef Peer => peer;

    /// <summary>What a goal is written in, if anybody waits for a goal.</summary>
    public GoalLanguage? Language => Waiting.Find(waiting => waiting.Language is not null)?.Language;

    public List<WaitingForText> Waiting { get; } = [];

    public bool IsWhole => _arrived == text.Bytes;

    /// <summary>It has come to its end, whatever that was: nobody waits for what still comes.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Where the next piece begins that has not been asked for; null if there is none.</summary>
    public long? Next()
    {
        if (IsOver || _next >= text.Bytes)
            return null;
        var offset = _next;
        _next += TextEvents.MostBytes;
        return offset;
    }

    /// <summary>Takes a piece that was asked for, once.</summary>
    /// <returns>False if it cannot be that piece.</returns>
    public bool Take(TextEvents.Piece piece)
    {
        if (piece.Bytes.Length != Math.Min(TextEvents.MostBytes, text.Bytes - piece.Offset))
            return false;

        _bytes ??= new byte[text.Bytes];
        piece.Bytes.CopyTo(_bytes.AsMemory((int)piece.Offset));
        _arrived += piece.Bytes.Length;
        return true;
    }

    public void End()
    {
        IsOver = true;
        // Its last pieces may be long on their way. What is whole is just being judged.
        if (!IsWhole)
            _bytes = null;
    }

    /// <summary>What arrived, or why it is not what was asked for. For a goal, as its language's reader sees it.</summary>
    /// <param name="language">Null for an output.</param>
    public ArrivedText Judge(GoalLanguage? language)
    {
        var bytes = _bytes ?? [];
        if (TextDigest.Of(bytes) != text)
            return new ArrivedText(this, null, null, $"{Source} sent another text");
        if (language is null)
            return new ArrivedText(this, Encoding.UTF8.GetString(bytes), null, null);
        return GoalReader.TryRead(language.Value, bytes, out var document, out var rejection)
            ? new ArrivedText(this, null, document, null)
            : new ArrivedText(this, null, null, rejection.ToString());
    }
}

/// <param name="Who">Is told when the text is here.</param>
/// <param name="Goal">Whose text or output.</param>
/// <param name="Language">What a goal is written in; null if the text is an output.</param>
/// <param name="Run">Whose output; null if the text is a goal.</param>
/// <param name="Source">The address of the node that has it, as it was told.</param>
/// <param name="LetsGo">Whether an output need not be kept there any longer.</param>
internal sealed record WaitingForText(IActorRef Who, GoalId Goal, GoalLanguage? Language, RunId? Run, string Source, bool LetsGo = true)
{
    /// <summary>Where it was looked for in vain, that node first, and what was the matter there.</summary>
    private ImmutableList<(string Source, string Fault)> Tried { get; init; } = [];

    /// <summary>Whether it was looked for in the store.</summary>
    public bool IsRecalled { get; init; }

    /// <summary>Who looks for the text elsewhere; null if it was looked for everywhere.</summary>
    /// <param name="fault">Why it is not to be had where it was looked for.</param>
    /// <param name="others">The addresses of nodes that may have it.</param>
    public WaitingForText? Elsewhere(string fault, IEnumerable<string> others)
    {
        var tried = Tried.Add((Source, fault));
        // An output is where its run was, and nowhere else.
        return Run is null && others.Except(tried.Select(each => each.Source)).FirstOrDefault() is { } other ? this with { Source = other, Tried = tried } : null;
    }

    /// <summary>It is not to be had. What was the matter where it should have been says most.</summary>
    public void Fail(TextDigest text, string fault)
    {
        var first = Tried is [var tried, ..] ? tried.Fault : fault;
        Who.Tell(Run is null ? new TextFetched(text, first) : new OutputFetched(null, first), ActorRefs.NoSender);
    }

    /// <summary>It is here.</summary>
    /// <param name="text">Its name.</param>
    /// <param name="output">As an output; null if it came for a goal.</param>
    /// <param name="document">As a goal; null if nobody wants one.</param>
    public void Tell(TextDigest text, string? output, GoalDocument? document) => Who.Tell(
        Run is null ? new TextFetched(text, null) : new OutputFetched(output ?? Encoding.UTF8.GetString(document!.Text.Span), null), ActorRefs.NoSender);
}

/// <param name="Fetch">Whose text.</param>
/// <param name="Output">What arrived, if nobody wants a goal.</param>
/// <param name="Document">The goal that arrived, if anybody wants one.</param>
/// <param name="Fault">Why it is not what was asked for; null if it is.</param>
internal sealed record ArrivedText(TextFetch Fetch, string? Output, GoalDocument? Document, string? Fault) : INoSerializationVerificationNeeded;
