using Akka.Actor;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Texts;

namespace ProverCluster.Node.Texts;

/// <summary>
/// Gives the texts of this node to other nodes and brings theirs here: each once, piece by piece, a few pieces on their way at a time, so that a heartbeat
/// never waits long behind them. What arrives is believed only if it has the digest that it was asked for by.
/// </summary>
internal sealed class TextsActor : ReceiveActor, IWithTimers
{
    /// <summary>Under this name every node has one.</summary>
    public const string Name = "texts";

    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly TextStore _store;
    private readonly Func<string, IActorRef> _peer;
    private readonly Dictionary<TextDigest, TextFetch> _fetches = [];

    /// <param name="store">The texts of this node.</param>
    /// <param name="peer">The actor of this kind on the node at an address.</param>
    public TextsActor(TextStore store, Func<string, IActorRef> peer)
    {
        _store = store;
        _peer = peer;
        Receive<TextCommands.Read>(OnRead);
        Receive<FetchText>(OnFetch);
        Receive<TextEvents.Piece>(OnPiece);
        Receive<TextEvents.Missing>(missing => Fail(missing.Text, "the node that had it has it no longer"));
        Receive<Judged>(OnJudged);
        Receive<Release>(release => release.Hold.Dispose());
        Receive<PeriodDue>(_ => OnPeriod());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(TextStore store, Func<string, IActorRef> peer) => Akka.Actor.Props.Create(() => new TextsActor(store, peer));

    private void OnRead(TextCommands.Read read)
    {
        if (!_store.TryGet(read.Text, out var document) || read.Offset < 0 || read.Offset >= document.Text.Length)
        {
            Sender.Tell(new TextEvents.Missing(read.Text));
            return;
        }

        var length = (int)Math.Min(TextEvents.MostBytes, document.Text.Length - read.Offset);
        Sender.Tell(new TextEvents.Piece(read.Text, read.Offset, document.Text.Slice((int)read.Offset, length)));
    }

    private void OnFetch(FetchText fetch)
    {
        if (_store.TryHold(fetch.Text, out var hold))
        {
            Keep(hold);
            Sender.Tell(new TextFetched(fetch.Text, null));
        }
        else if (fetch.Text.Bytes is < 1 or > GoalReader.MaxBytes)
        {
            Sender.Tell(new TextFetched(fetch.Text, $"a goal's text has 1 to {GoalReader.MaxBytes} bytes, not {fetch.Text.Bytes}"));
        }
        else if (_fetches.TryGetValue(fetch.Text, out var known))
        {
            known.Waiting.Add(Sender);
        }
        else
        {
            var begun = new TextFetch(fetch, _peer(fetch.Source), Sender);
            _fetches[fetch.Text] = begun;
            begun.Ask(Self);
            Timers.StartPeriodicTimer(PeriodDue.Instance, PeriodDue.Instance, Period);
        }
    }

    private void OnPiece(TextEvents.Piece piece)
    {
        if (!_fetches.TryGetValue(piece.Text, out var fetch) || !fetch.Take(piece))
            return;

        if (!fetch.IsWhole)
        {
            fetch.Ask(Self);
            return;
        }

        // Megabytes are not hashed and read between two messages.
        Task.Run(fetch.Judge).PipeTo(Self, success: judged => new Judged(piece.Text, judged.Document, judged.Fault), failure: e => new Judged(piece.Text, null, e.Message));
    }

    private void OnJudged(Judged judged)
    {
        if (judged.Document is null)
        {
            Fail(judged.Text, judged.Fault!);
            return;
        }

        Keep(_store.Hold(judged.Text, judged.Document));
        End(judged.Text, null);
    }

    /// <summary>Whoever asked takes hold of the text when it hears of it; until then it must not go.</summary>
    private void Keep(IDisposable hold) => Timers.StartSingleTimer(hold, new Release(hold), Period);

    private void OnPeriod()
    {
        foreach (var fetch in _fetches.Values.ToArray())
        {
            if (fetch.IsStuck())
                Fail(fetch.Text, $"{fetch.Source} sends nothing");
            else
                fetch.AskAgain(Self);
        }
    }

    private void Fail(TextDigest text, string fault) => End(text, fault);

    private void End(TextDigest text, string? fault)
    {
        if (!_fetches.Remove(text, out var fetch))
            return;
        foreach (var waiting in fetch.Waiting)
            waiting.Tell(new TextFetched(text, fault));
        if (_fetches.Count == 0)
            Timers.Cancel(PeriodDue.Instance);
    }

    private sealed record Judged(TextDigest Text, GoalDocument? Document, string? Fault) : INoSerializationVerificationNeeded;

    private sealed record Release(IDisposable Hold) : INoSerializationVerificationNeeded;

    private sealed class PeriodDue : INoSerializationVerificationNeeded
    {
        public static readonly PeriodDue Instance = new();
    }
}

/// <summary>Bring this text here. <see cref="TextFetched"/> is the answer.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Language">What it is written in.</param>
/// <param name="Source">The address of the node that has it.</param>
internal sealed record FetchText(TextDigest Text, GoalLanguage Language, string Source) : INoSerializationVerificationNeeded;

/// <param name="Text">Which text.</param>
/// <param name="Fault">Why it could not be had; null if it is in the store, for a moment at least.</param>
internal sealed record TextFetched(TextDigest Text, string? Fault) : INoSerializationVerificationNeeded;
