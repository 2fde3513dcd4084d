using Akka.Actor;

namespace ProverCluster.Node.Inspection;

/// <summary>
/// Looks at the actors of a system from outside, while they work: who lives, under whom, with how many messages waiting. Nobody is stopped or asked for it, so what is
/// seen of two of them may be of two moments.
/// </summary>
internal static class ActorTree
{
    /// <param name="system">Whose actors.</param>
    /// <param name="path">Where the tree begins: <c>/user</c>, <c>/system</c>, or below.</param>
    /// <param name="depth">How many generations below it.</param>
    /// <param name="limit">How many at most. Those nearest to the beginning come first: a tree with ten thousand leaves still shows its branches.</param>
    /// <returns>Each before its children, and whether there are more; nobody if nobody lives there.</returns>
    public static (IReadOnlyList<LivingActor> Actors, bool IsTruncated) Below(ActorSystem system, string path, int depth, int limit)
    {
        if (Find(system, path) is not { } root)
            return ([], false);

        List<Branch> seen = [new(root, Parent: -1, Depth: 0)];
        // By generations, so that the list is its own queue, and the first one that is deep enough the end of it.
        for (var next = 0; next < seen.Count && seen[next].Depth < depth; next++)
        {
            foreach (var child in Children(seen[next].Actor).OrderBy(child => child.Path.Name, StringComparer.Ordinal))
            {
                if (seen.Count >= limit)
                    return (InOrder(seen), true);
                seen.Add(new Branch(child, next, seen[next].Depth + 1));
            }
        }

        return (InOrder(seen), false);
    }

    private static ActorRefWithCell? Find(ActorSystem system, string path)
    {
        if (path.Split('/') is not ["", "user" or "system", ..] names)
            return null;
        var provider = ((ExtendedActorSystem)system).Provider;
        var found = provider.ResolveActorRef(new RootActorPath(provider.DefaultAddress) / names[1]) as ActorRefWithCell;
        return names.Skip(2).Aggregate(found, (parent, name) => parent is null ? null : Children(parent).FirstOrDefault(child => child.Path.Name == name));
    }

    private static IEnumerable<ActorRefWithCell> Children(ActorRefWithCell actor) => actor.Children.OfType<ActorRefWithCell>();

    private static List<LivingActor> InOrder(List<Branch> seen)
    {
        var below = seen.Index().ToLookup(each => each.Item.Parent, each => each.Index);
        var ordered = new List<LivingActor>(seen.Count);
        var next = new Stack<int>([0]);
        while (next.TryPop(out var index))
        {
            ordered.Add(LivingActor.Of(seen[index].Actor));
            foreach (var child in below[index].Reverse())
                next.Push(child);
        }

        return ordered;
    }

    private sealed record Branch(ActorRefWithCell Actor, int Parent, int Depth);
}

/// <summary>An actor as it is seen from outside.</summary>
/// <param name="Actor">The actor.</param>
/// <param name="Kind">Its class.</param>
/// <param name="Mailbox">How many messages wait for it.</param>
/// <param name="Children">How many it has.</param>
internal sealed record LivingActor(IActorRef Actor, Type Kind, int Mailbox, int Children)
{
    /// <summary>Whether it has something to say.</summary>
    public bool IsDescribed => typeof(IDescribed).IsAssignableFrom(Kind);

    public static LivingActor Of(ActorRefWithCell actor) =>
        new(actor, actor.Underlying.Props.Type, actor.Underlying.NumberOfMessages, actor.Children.Count());
}
