using Akka.Actor;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Node.Inspection;

/// <summary>
/// To an actor: say what you are at, as <see cref="ActorWords"/>. It waits in the mailbox like everything else, so an answer is the actor's own, and one that does not
/// come says something as well.
/// </summary>
internal sealed class Describe : INoSerializationVerificationNeeded
{
    public static readonly Describe Instance = new();

    private Describe()
    {
    }
}

/// <summary>The mark of actors that answer <see cref="Describe"/>: no other is asked.</summary>
internal interface IDescribed;
