using Akka.Actor;

namespace ProverCluster.Node.Goals;

/// <summary>
/// Who asks for what is not at work here, until it is found to be there. What is asked while a shard moves is held up on its way, and may come from somebody who has had the
/// answer since, and is gone: it would be raced for nobody, and settled a second time. Akka answers for every actor that lives, and who waits stops when it is answered.
/// </summary>
/// <typeparam name="TAsk">What is asked.</typeparam>
internal sealed class Askers<TAsk>
    where TAsk : class
{
    private static readonly Identify s_areYouThere = new("who waits for an answer");

    private readonly Dictionary<IActorRef, TAsk> _asks = [];

    public IReadOnlyCollection<TAsk> Asks => _asks.Values;

    /// <summary>Whoever is there answers with an <see cref="ActorIdentity"/>. If it is there and that is lost, it asks again.</summary>
    public void Find(IActorRef asker, TAsk ask)
    {
        _asks[asker] = ask;
        asker.Tell(s_areYouThere);
    }

    /// <summary>One is there.</summary>
    /// <returns>What it asked last, the first time that it is found since; else null.</returns>
    public TAsk? Found(IActorRef asker) => _asks.Remove(asker, out var ask) ? ask : null;
}
