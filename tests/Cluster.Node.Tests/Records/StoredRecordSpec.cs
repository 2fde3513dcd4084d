using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Records;
using ProverCluster.Node.Store;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Records;

/// <summary>A record with a store, a goal of alice's, and a stand-in for its coordinators. Time is virtual.</summary>
public abstract class StoredRecordSpec : TestKit
{
    private protected static readonly ReadOnlyMemory<byte> Text = "p cnf 1 1\n1 0\n"u8.ToArray();
    private protected static readonly Goal Goal = Story.Goal with { Language = GoalLanguage.Dimacs, Text = TextDigest.Of(Text.Span) };
    private protected static readonly Caller Alice = Story.ByAlice;

    private protected readonly ScriptedStore _store = new();
    private readonly TextStore _texts = new();
    private readonly OutputShelf _shelf = new(new ManualClock());
    private protected readonly OpenRecords _open = new(2, 1000);
    private protected readonly TestProbe _fetches;
    private protected readonly TestProbe _goals;
    private protected readonly RecordTools _tools;
    private protected readonly IActorRef _records;
    private IActorRef _listener = ActorRefs.Nobody;
    private protected IActorRef _race = ActorRefs.Nobody;

    protected StoredRecordSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        (_goals, _fetches) = (CreateTestProbe(), CreateTestProbe());
        IActorRef? records = null;
        var settings = new RecordSettings(2, 1000, TimeSpan.FromHours(1), 2);
        _tools = new RecordTools(
            () => records!, props => _race = Sys.ActorOf(props), _goals, _goals, "here", Sys.ActorOf(Props.Create(() => new Librarian(_texts, _fetches))), _texts, _store, _shelf, CreateTestProbe(), settings, _open, new ManualClock());
        _records = records = Sys.ActorOf(RecordsActor.Props(_tools), "records");
    }

    private static GoalDocument Document => GoalReader.TryRead(GoalLanguage.Dimacs, Text, out var document, out _) ? document : throw new InvalidOperationException();

    private protected static RecordCommands.Submit Submit { get; } = new(Goal, "there", "alice", Stands: true, Goal.Limits.Timeout);

    /// <summary>It is submitted, acknowledged and raced.</summary>
    private protected void Accept()
    {
        _records.Tell(Submit);
        ExpectMsg<RecordEvents.Shown>();
        Race();
    }

    /// <summary>An earlier life has left this in the store.</summary>
    private protected void Put(bool stands = true, TimeSpan? left = null, GoalAnswer? answer = null)
    {
        _store.Texts[Goal.Text] = Text.ToArray();
        _store.Goals[Goal.Id] = new StoredGoal(1, Goal, "alice", stands, 1, left ?? Goal.Limits.Timeout, answer is null ? null : new StoreMoment(1), answer is null ? null : answer with { Id = Goal.Id });
    }

    /// <summary>It is raced.</summary>
    private protected FlightCommands.Board Race()
    {
        var submit = _goals.ExpectMsg<FlightCommands.Board>();
        _listener = _goals.LastSender;
        return submit;
    }

    private protected RecordView Show()
    {
        _records.Tell(new RecordCommands.Show(Goal.Id, Alice));
        return ExpectMsg<RecordEvents.Shown>().View;
    }

    /// <summary>The race tells this.</summary>
    private protected void Tell(params IGoalEvent[] told)
    {
        var coordinator = CreateTestProbe();
        foreach (var each in told)
            _listener.Tell(each, coordinator);
    }

    /// <summary>Has every text that it is asked for, and lets the spec know that it was.</summary>
    private sealed class Librarian : ReceiveActor
    {
        public Librarian(TextStore texts, IActorRef heard) => Receive<FetchText>(fetch =>
        {
            texts.Hold(fetch.Text, Document);
            heard.Forward(fetch);
            Sender.Tell(new TextFetched(fetch.Text, null));
        });
    }
}
