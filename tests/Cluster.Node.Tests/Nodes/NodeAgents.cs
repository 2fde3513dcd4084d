using Akka.Actor;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Nodes;

/// <summary>What the specs' agents need: a text that is here already, and nobody to fetch another.</summary>
internal static class NodeAgents
{
    public static readonly GoalDocument Document = Read("(check-sat)\n"u8.ToArray());

    public static readonly TextDigest Text = TextDigest.Of(Document.Text.Span);

    public static AgentTools Tools(RunnerTools runners, IActorRef goals, int slots)
    {
        var texts = new TextStore();
        texts.Hold(Text, Document);
        return new AgentTools(runners, goals, texts, ActorRefs.Nobody, [], null, slots, 100);
    }

    private static GoalDocument Read(byte[] text) =>
        GoalReader.TryRead(GoalLanguage.SmtLib2, text, out var document, out var rejection) ? document : throw new ArgumentException(rejection.ToString());
}
