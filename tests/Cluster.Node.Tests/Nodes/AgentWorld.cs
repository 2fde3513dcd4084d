using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Tests.Runners;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Nodes;

/// <summary>What the specs' agents live in: provers, ticks and time that are moved by hand, and a goal's text that is here already.</summary>
internal sealed class AgentWorld(ActorSystem system, IActorRef goals)
{
    public static readonly GoalDocument Document = Read("(check-sat)\n"u8.ToArray());

    public static readonly TextDigest Text = TextDigest.Of(Document.Text.Span);

    public static RunLimits Limits { get; } = new(TimeSpan.FromMinutes(1), null, null, 1 << 30, 1 << 28, KeepOutput: false);

    public static RunStop Preempted { get; } = new(StopReason.Preempted, "cvc5 proved the goal");

    public FakeLauncher Launcher { get; } = new();

    public HandTicks Ticks { get; } = new();

    public ManualClock Clock { get; } = new();

    public static GoalId Goal(string name) => GoalId.Parse(name);

    public AgentTools Tools(int slots)
    {
        var texts = new TextStore();
        texts.Hold(Text, Document);
        var runners = new RunnerTools("here", new FakePreparation(), Launcher, Ticks, Clock, TimeSpan.FromSeconds(1));
        return new AgentTools(runners, goals, texts, ActorRefs.Nobody, [], slots, 100);
    }

    public IActorRef Agent(int slots, int limit = 100) => system.ActorOf(NodeAgentActor.Props(Tools(slots) with { QueueLimit = limit }));

    public RunId Start(IActorRef agent, string backend, string goal = "goal", long incarnation = 1, long? grant = null, IActorRef? sender = null)
    {
        var run = new RunId(Goal(goal), incarnation, BackendName.Parse(backend), 1);
        agent.Tell(new RunCommands.Start(run, grant, GoalLanguage.SmtLib2, Text, "", Limits), sender ?? goals);
        return run;
    }

    private static GoalDocument Read(byte[] text) =>
        GoalReader.TryRead(GoalLanguage.SmtLib2, text, out var document, out var rejection) ? document : throw new ArgumentException(rejection.ToString());
}
