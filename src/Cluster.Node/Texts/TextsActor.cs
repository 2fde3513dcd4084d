using System.Text;
using Akka.Actor;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Texts;

namespace ProverCluster.Node.Texts;

/// <summary>
/// Gives the texts of this node to other nodes and brings theirs here: each once, piece by piece, as long as somebody waits for it. What arrives is believed
/// only if it has the digest that it was asked for by.
/// </summary>
internal sealed partial class TextsActor : ReceiveActor, IWithTimers
{
    /// <summary>Under this name every node has one.</summary>
    public const string Name = "texts";

    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Whoever asked for a text takes hold of it when it hears of it; this is how long it may take to.</summary>
    internal static readonly TimeSpan HoldPatience = TimeSpan.FromSeconds(5);

    /// <summary>How many texts come at once, each with memory for all of it; the others wait.</summary>
    internal const int MostAtOnce = 16;

    private readonly TextStore _store;
    private readonly OutputShelf _shelf;
    private readonly Func<string, IActorRef> _peer;
    private readonly Func<IEnumerable<string>> _others;
    private readonly TextRecall _recall;
    private readonly Dictionary<TextDigest, TextFetch> _fetches = [];
    private readonly List<TextFetch> _queue = [];
    private readonly List<TextFetch> _begun = [];

    /// <summary>Of whom something is asked.</summary>
    private readonly List<TextPeer> _peers = [];

    /// <param name="store">The goals of this node.</param>
    /// <param name="shelf">The outputs of its runs.</param>
    /// <param name="peer">The actor of this kind on the node at an address; throws what it likes on a text that is none.</param>
    /// <param name="others">The addresses of the other nodes in reach, now.</param>
    /// <param name="recall">What was accepted before.</param>
    public TextsActor(TextStore store, OutputShelf shelf, Func<string, IActorRef> peer, Func<IEnumerable<string>> others, TextRecall recall)
    {
        (_store, _shelf, _peer, _others, _recall) = (store, shelf, peer, others, recall);
        Receive<TextCommands.Read>(OnRead);
        Receive<TextCommands.Drop>(drop => _shelf.Fetched(drop.Text, drop.Run));
        Receive<FetchText>(OnFetchText);
        Receive<UnwantText>(OnUnwantText);
        Receive<FetchOutput>(OnFetchOutput);
        Receive<TextEvents.Piece>(OnPiece);
        Receive<TextEvents.Missing>(OnMissing);
        Receive<ArrivedText>(OnArrived);
        Receive<RecalledText>(OnRecalled);
        Receive<Release>(release => release.Hold.Dispose());
        Receive<PeriodDue>(_ => OnPeriod());
        Receive<TidyDue>(_ => _shelf.Tidy());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(TextStore store, OutputShelf shelf, Func<string, IActorRef> peer, Func<IEnumerable<string>> others, TextRecall recall) =>
        Akka.Actor.Props.Create(() => new TextsActor(store, shelf, peer, others, recall));

    protected override void PreStart() => Timers.StartPeriodicTimer(TidyDue.Instance, TidyDue.Instance, OutputShelf.FetchedPatience);

    private void OnRead(TextCommands.Read read)
    {
        var text = _store.TryGet(read.Text, out var document) ? document.Text : _shelf.TryGet(read.Text, out var output) ? output : default;
        if (read.Offset < 0 || read.Offset >= text.Length)
        {
            Sender.Tell(new TextEvents.Missing(read.Text));
            return;
        }

        var length = (int)Math.Min(TextEvents.MostBytes, text.Length - read.Offset);
        Sender.Tell(new TextEvents.Piece(read.Text, read.Offset, text.Slice((int)read.Offset, length)));
        // Messages do not overtake each other: what was sent before has arrived if this does.
        if (read.Offset + length == text.Length)
            _store.Given(read.Text);
    }

    private void OnFetchText(FetchText fetch)
    {
        if (_store.TryHold(fetch.Text, out var hold))
        {
            Keep(hold);
            Sender.Tell(new TextFetched(fetch.Text, null));
        }
        else
        {
            Fetch(fetch.Text, new WaitingForText(Sender, fetch.Goal, fetch.Language, null, fetch.Source));
        }
    }

    private void OnUnwantText(UnwantText unwant)
    {
        if (!_fetches.TryGetValue(unwant.Text, out var fetch))
            return;
        fetch.Waiting.RemoveAll(waiting => waiting.Who.Equals(Sender));
        if (fetch.Waiting.Count == 0)
            End(fetch);
    }

    private void OnFetchOutput(FetchOutput fetch)
    {
        if (_shelf.TryGet(fetch.What.Text, out var text))
        {
            if (fetch.LetsGo)
                _shelf.Fetched(fetch.What.Text, fetch.Run);
            Sender.Tell(new OutputFetched(Encoding.UTF8.GetString(text), null));
        }
        else
        {
            Fetch(fetch.What.Text, new WaitingForText(Sender, fetch.Run.Goal, null, fetch.Run, fetch.What.Source, fetch.LetsGo));
        }
    }

    private void Fetch(TextDigest text, WaitingForText waiting)
    {
        if (text.Bytes is < 1 or > ProverOutput.MostBytes)
        {
            waiting.Fail(text, $"a text has 1 to {ProverOutput.MostBytes} bytes, not {text.Bytes}");
        }
        else if (_fetches.TryGetValue(text, out var known))
        {
            known.Waiting.Add(waiting);
        }
        else if (Peer(waiting.Source) is { } peer)
        {
            _fetches[text] = known = new TextFetch(text, waiting.Source, peer);
            known.Waiting.Add(waiting);
            _queue.Add(known);
            BeginNext();
        }
        else
        {
            LookElsewhere(text, waiting, "the node that has it is not known");
        }
    }

    /// <summary>A source that is slow, or dead, must not keep the texts of others waiting: next comes the one whose source sends the fewest now.</summary>
    private void BeginNext()
    {
        while (_begun.Count < MostAtOnce && _queue.MinBy(next => _begun.Count(begun => begun.Peer.Path.Equals(next.Peer.Path))) is { } fetch)
        {
            _queue.Remove(fetch);
            _begun.Add(fetch);
            if (Asked(fetch.Peer) is not { } peer)
                _peers.Add(peer = new TextPeer(fetch.Peer, Self));
            peer.Add(fetch);
            if (!Timers.IsTimerActive(PeriodDue.Instance))
                Timers.StartPeriodicTimer(PeriodDue.Instance, PeriodDue.Instance, Period);
        }
    }

    private void OnPiece(TextEvents.Piece piece) => OnAnswer(piece.Text, piece.Offset, fetch =>
    {
        if (!fetch.Take(piece))
            Fail(fetch, $"{fetch.Source} sent another text");
        else if (fetch.IsWhole)
            Judge(fetch);
    });

    private void OnMissing(TextEvents.Missing missing) => OnAnswer(missing.Text, null, fetch => Fail(fetch, "the node that had it has it no longer"));

    /// <summary>An answer of a source that was given up is not its successor's: it is of whoever says it.</summary>
    private void OnAnswer(TextDigest text, long? offset, Action<TextFetch> take)
    {
        if (Asked(Sender) is not { } peer)
            return;
        if (peer.Answered(text, offset) is { } fetch)
            take(fetch);
        peer.AskMore();
    }

    /// <summary>Megabytes are not hashed and read between two messages.</summary>
    private void Judge(TextFetch fetch)
    {
        var language = fetch.Language;
        Task.Run(() => fetch.Judge(language)).PipeTo(Self, failure: e => new ArrivedText(fetch, null, null, e.Message));
    }

    private void OnArrived(ArrivedText arrived)
    {
        var fetch = arrived.Fetch;
        if (fetch.IsOver)
            return;
        if (arrived.Fault is { } fault)
        {
            Fail(fetch, fault);
        }
        else if (arrived.Document is null && fetch.Language is not null)
        {
            // Somebody joined meanwhile to whom it is a goal.
            Judge(fetch);
        }
        else
        {
            End(fetch);
            if (arrived.Document is { } document)
                Keep(_store.Hold(fetch.Text, document));
            foreach (var waiting in fetch.Waiting)
            {
                waiting.Tell(fetch.Text, arrived.Output, arrived.Document);
                if (waiting is { Run: { } run, LetsGo: true })
                    Peer(waiting.Source)?.Tell(new TextCommands.Drop(fetch.Text, run));
            }
        }
    }

    private void OnPeriod()
    {
        foreach (var peer in _peers.ToArray())
        {
            if (!peer.GoOn())
                GiveUp(peer);
            else if (peer.IsIdle)
                _peers.Remove(peer);
        }

        if (_peers.Count == 0)
            Timers.Cancel(PeriodDue.Instance);
    }

    private void End(TextFetch fetch)
    {
        fetch.End();
        _fetches.Remove(fetch.Text);
        _queue.Remove(fetch);
        _begun.Remove(fetch);
        BeginNext();
    }

    private TextPeer? Asked(IActorRef source) => _peers.Find(peer => peer.Is(source));

    private void Keep(IDisposable hold) => Timers.StartSingleTimer(hold, new Release(hold), HoldPatience);

    private IActorRef? Peer(string source)
    {
        try
        {
            return source.Length == 0 ? null : _peer(source);
        }
        catch (Exception)
        {
            // An address comes in a message, and may be no address.
            return null;
        }
    }

    private sealed record Release(IDisposable Hold) : INoSerializationVerificationNeeded;

    private sealed class PeriodDue : INoSerializationVerificationNeeded
    {
        public static readonly PeriodDue Instance = new();
    }

    private sealed class TidyDue : INoSerializationVerificationNeeded
    {
        public static readonly TidyDue Instance = new();
    }
}
