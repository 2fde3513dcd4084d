using System.Collections.Immutable;
using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Node.Nodes;

/// <summary>
/// What is known here of the nodes that run provers. Written by <see cref="NodeBoardActor"/>, read by the coordinators of this process: a thousand of them
/// would else be told of every slot that comes and goes. It may be behind the times; a node's agent has the last word on its slots.
/// </summary>
internal sealed class NodeBoard
{
    private ImmutableDictionary<string, NodeEntry> _nodes = ImmutableDictionary<string, NodeEntry>.Empty;
    private ImmutableHashSet<IActorRef> _readers = [];

    public IReadOnlyDictionary<string, NodeEntry> Nodes => Volatile.Read(ref _nodes);

    /// <summary>The node of that name, if it is in that life of it.</summary>
    public NodeEntry? Find(string node, long life) => Nodes.GetValueOrDefault(node) is { } entry && entry.Offered.Life == life ? entry : null;

    public IActorRef? AgentOf(string node) => Nodes.TryGetValue(node, out var entry) ? entry.Agent : null;

    /// <summary>Whether any node in reach has the backend; true while no node is known at all, since none is no answer.</summary>
    public bool MayHave(BackendName backend, GoalLanguage language)
    {
        var nodes = Nodes;
        return nodes.Count == 0 || nodes.Values.Any(entry => entry.OfferOf(backend, language) is not null);
    }

    /// <param name="offered">What it offers.</param>
    /// <param name="agent">Who does.</param>
    /// <param name="isReachable">Whether it is in reach, if it was not known before.</param>
    public void Put(NodeEvents.Offered offered, IActorRef agent, bool isReachable = true)
    {
        var known = Nodes.GetValueOrDefault(offered.Node);
        ImmutableInterlocked.Update(ref _nodes, nodes => nodes.SetItem(offered.Node, new NodeEntry(offered, agent, known?.IsReachable ?? isReachable, known?.IsGivenUp ?? false)));
        if (known is null || known.Offered.IsDraining != offered.IsDraining || known.Offered.Backends.Count != offered.Backends.Count)
            Tell(new NodeNews.Came(offered.Node));
    }

    public void Remove(string node, string why)
    {
        if (ImmutableInterlocked.TryRemove(ref _nodes, node, out _))
            Tell(new NodeNews.Left(node, why));
    }

    /// <summary>A node that is out of reach is asked for nothing; what runs there is not lost before <see cref="GiveUp"/>.</summary>
    public void Reach(string node, bool isReachable)
    {
        if (Nodes.GetValueOrDefault(node) is not { } known || known.IsReachable == isReachable)
            return;

        ImmutableInterlocked.Update(ref _nodes, nodes => nodes.TryGetValue(node, out var entry) ? nodes.SetItem(node, entry with { IsReachable = isReachable, IsGivenUp = entry.IsGivenUp && !isReachable }) : nodes);
        if (isReachable)
            Tell(new NodeNews.Came(node));
    }

    /// <summary>A node that was neither in reach nor heard for too long is as good as gone, until it is in reach again.</summary>
    public void GiveUp(string node)
    {
        if (Nodes.GetValueOrDefault(node) is not { IsReachable: false })
            return;

        ImmutableInterlocked.Update(ref _nodes, nodes => nodes.TryGetValue(node, out var entry) ? nodes.SetItem(node, entry with { IsGivenUp = true }) : nodes);
        Tell(new NodeNews.Left(node, "it is out of reach"));
    }

    /// <summary>A coordinator here is about to ask for a slot of that node: others look elsewhere until the node tells anew.</summary>
    public void Take(string node) => ImmutableInterlocked.Update(ref _nodes, nodes =>
        nodes.TryGetValue(node, out var entry) ? nodes.SetItem(node, entry with { Offered = entry.Offered with { Free = entry.Offered.Free - 1 } }) : nodes);

    /// <summary>That node had no slot for a coordinator here, whatever it told before: nobody asks it for one until it tells anew.</summary>
    public void Deny(string node) => ImmutableInterlocked.Update(ref _nodes, nodes =>
        nodes.TryGetValue(node, out var entry) ? nodes.SetItem(node, entry with { Offered = entry.Offered with { Free = Math.Min(entry.Offered.Free, 0) } }) : nodes);

    /// <summary>Is told <see cref="NodeNews"/> from now on.</summary>
    public void Subscribe(IActorRef reader) => ImmutableInterlocked.Update(ref _readers, readers => readers.Add(reader));

    public void Unsubscribe(IActorRef reader) => ImmutableInterlocked.Update(ref _readers, readers => readers.Remove(reader));

    private void Tell(NodeNews news)
    {
        foreach (var reader in Volatile.Read(ref _readers))
            reader.Tell(news, ActorRefs.NoSender);
    }
}

/// <summary>A node that runs provers, as it is known here.</summary>
internal sealed record NodeEntry(NodeEvents.Offered Offered, IActorRef Agent, bool IsReachable, bool IsGivenUp = false)
{
    /// <summary>Whether it may be asked for anything.</summary>
    public bool TakesWork => IsReachable && !Offered.IsDraining;

    public BackendOffer? OfferOf(BackendName backend, GoalLanguage language) =>
        Offered.Backends.FirstOrDefault(offer => offer.Backend == backend && offer.Language == language);
}

/// <summary>What changed among the nodes, for the coordinators of this process.</summary>
internal abstract record NodeNews : INoSerializationVerificationNeeded
{
    private NodeNews()
    {
    }

    /// <summary>A node is there, or there again, or offers something else.</summary>
    public sealed record Came(string Node) : NodeNews;

    /// <summary>A node is gone, or given up: what ran there is lost.</summary>
    public sealed record Left(string Node, string Why) : NodeNews;
}
