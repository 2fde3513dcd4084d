using System.Text;
using Akka.Actor;
using Akka.TestKit;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Texts;
using ProverCluster.Node.Store;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Texts;

/// <summary>A node that fetches texts, over virtual time; the spec plays the nodes that have them.</summary>
internal sealed class TextsWorld
{
    /// <summary>For the specs' actor systems.</summary>
    public const string Config = "akka { loglevel = OFF, stdout-loglevel = OFF, scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\" }";

    private readonly TestKitBase _kit;

    public TextsWorld(TestKitBase kit)
    {
        _kit = kit;
        (Source, Other) = (kit.CreateTestProbe(), kit.CreateTestProbe());
        Texts = kit.Sys.ActorOf(TextsActor.Props(Store, new OutputShelf(new ManualClock()), source => source switch
        {
            "source" => Source.Ref,
            "other" => Other.Ref,
            _ => throw new FormatException(),
        }, () => InReach, new TextRecall(new NoStore())));
    }

    /// <summary>Nodes that may have what the source has not.</summary>
    public List<string> InReach { get; } = [];

    public TextStore Store { get; } = new();

    public TestProbe Source { get; }

    public TestProbe Other { get; }

    public IActorRef Texts { get; }

    public TestScheduler Time => (TestScheduler)_kit.Sys.Scheduler;

    public void Fetch(TextDigest digest, IActorRef? asker = null, string source = "source") =>
        Texts.Tell(new FetchText(GoalId.Parse("goal"), digest, GoalLanguage.Dimacs, source), asker ?? _kit.TestActor);

    /// <summary>Answers as the node that has the text, which is asked for nothing else.</summary>
    public void Give(TestProbe source, TextDigest digest, byte[] text)
    {
        foreach (var _ in Offsets(text))
            Texts.Tell(Piece(digest, text, source.ExpectMsg<TextCommands.Read>().Offset), source.Ref);
    }

    public void Pass(int periods)
    {
        BeIdle();
        for (var i = 0; i < periods; i++)
        {
            Time.Advance(TextsActor.Period);
            BeIdle();
        }
    }

    /// <summary>What it was told before is done when it answers.</summary>
    public void BeIdle()
    {
        var fence = _kit.CreateTestProbe();
        Texts.Tell(new TextCommands.Read(new TextDigest(new string('f', 64), 1), 0), fence.Ref);
        fence.ExpectMsg<TextEvents.Missing>();
    }

    public static IEnumerable<long> Offsets(byte[] text)
    {
        for (long offset = 0; offset < text.Length; offset += TextEvents.MostBytes)
            yield return offset;
    }

    public static TextEvents.Piece Piece(TextDigest digest, byte[] text, long offset) =>
        new(digest, offset, text.AsMemory((int)offset, (int)Math.Min(TextEvents.MostBytes, text.Length - offset)));

    /// <summary>A formula of about so many bytes; another for another variable.</summary>
    public static (TextDigest Digest, byte[] Text) Formula(int bytes, int variable = 1)
    {
        var clause = $"{variable} 0\n";
        var clauses = bytes / clause.Length;
        var text = Encoding.ASCII.GetBytes($"p cnf {variable} {clauses}\n" + string.Concat(Enumerable.Repeat(clause, clauses)));
        return (TextDigest.Of(text), text);
    }
}
