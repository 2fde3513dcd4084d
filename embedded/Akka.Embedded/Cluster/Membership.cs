using System.Collections.Immutable;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// The members of one cluster, shared by those nodes of this process that have joined it. There is no gossip, but a node hears only of
/// what happens on its own side of a cut, and no status changes while a member is missing, except by putting members out.
/// </summary>
internal sealed class Membership
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UniqueAddress, Cluster> _nodes = [];
    private readonly HashSet<(UniqueAddress By, UniqueAddress Of)> _missed = [];
    private readonly HashSet<UniqueAddress> _exited = [];
    private ImmutableSortedSet<Member> _members = [];
    private int _lastUp;

    /// <summary>Where the shards of each type are: what Akka.NET replicates among the nodes.</summary>
    public ConcurrentDictionary<string, Sharding.ShardTable> Shards { get; } = new();

    /// <summary>False while an earlier system of the same address is still a member.</summary>
    public bool Join(Cluster node, Cluster by)
    {
        lock (_lock)
        {
            if (by != node && !_members.Any(m => m.UniqueAddress == by.SelfUniqueAddress && !m.IsOnItsWayOut)) return false;
            if (_members.FirstOrDefault(m => m.Address == node.SelfAddress) is { } earlier)
            {
                PutOut(by, [earlier]);
                if (_members.Contains(earlier)) return false;
            }
            _nodes[node.SelfUniqueAddress] = node;
            _members = _members.Add(new Member(node.SelfUniqueAddress, int.MaxValue, MemberStatus.Joining, node.SelfRoles));
            Settle(node);
            return true;
        }
    }

    public void Leave(Cluster by, Address address)
    {
        lock (_lock)
        {
            if (_members.FirstOrDefault(m => m.Address == address && m.Status is MemberStatus.Joining or MemberStatus.Up) is not { } member) return;
            Put(member.With(MemberStatus.Leaving));
            Settle(by);
        }
    }

    /// <summary>The node has done all it wanted to do before it goes.</summary>
    public void Exit(Cluster node)
    {
        lock (_lock)
        {
            _exited.Add(node.SelfUniqueAddress);
            Settle(node);
        }
    }

    public void Down(Cluster by, Address address)
    {
        lock (_lock) PutOut(by, _members.Where(m => m.Address == address));
    }

    /// <summary>A node has not heard of another for too long.</summary>
    public void Miss(Cluster by, Member of)
    {
        lock (_lock)
        {
            if (IsMember(by) && _members.Contains(of) && _missed.Add((by.SelfUniqueAddress, of.UniqueAddress))) Settle(by);
        }
    }

    /// <summary>A node hears others again: all at once, or those still to come would for a moment be missing to everyone.</summary>
    public void Hear(Cluster by, IReadOnlyCollection<Member> of)
    {
        lock (_lock)
        {
            if (of.Count(m => _missed.Remove((by.SelfUniqueAddress, m.UniqueAddress))) > 0) Settle(by);
        }
    }

    /// <summary>Links may have changed. Who was put out meanwhile learns of it as soon as there is someone to tell it.</summary>
    public void Refresh(Cluster node)
    {
        lock (_lock)
        {
            foreach (var ended in _nodes.Where(n => Network.At(n.Key.Address) != n.Value.Transport).ToList()) _nodes.Remove(ended.Key);
            if (IsMember(node)) Settle(node);
            else if (SideOf(node).Any(IsMember)) Resign([node]);
        }
    }

    /// <summary>The daemon of a node is no more, whether or not its system is.</summary>
    public void Forget(Cluster node)
    {
        lock (_lock)
        {
            _nodes.Remove(node.SelfUniqueAddress);
            if (_nodes.Values.FirstOrDefault(IsMember) is { } other) Settle(other);
        }
    }

    /// <summary>The majority stays, of two halves the one with the lowest address. Each side decides for itself, and comes to the same result.</summary>
    /// <param name="by">The leader of the side.</param>
    /// <param name="role">Only members with it count, if it is given; without any on either side nobody stays.</param>
    public void Resolve(Cluster by, string role)
    {
        lock (_lock)
        {
            var side = SideOf(by);
            // Put out already by the others, of whom it is not to speak any more.
            if (!IsMember(by))
            {
                Resign(side.FindAll(n => !IsMember(n)));
                return;
            }
            var missing = MissedBy(side).Where(m => !m.IsOnItsWayOut).ToList();
            if (missing.Count == 0) return;
            // Cut off from each other but not from the rest: each would hold the other for dead, so neither may stay.
            var torn = missing.FindAll(m => IsIn(side, m));
            if (torn.Count > 0) PutOut(by, torn);
            else if (Stays(side, role)) PutOut(by, missing);
            else Resign(side);
        }
    }

    /// <summary>Whether the node's side of all cuts is more than half of the members with that role.</summary>
    public bool HasMajority(Cluster node, string role)
    {
        lock (_lock)
        {
            var (side, counted) = (SideOf(node), _members.Where(m => m.Counts(role)).ToList());
            return IsMember(node) && counted.Count(m => IsIn(side, m)) * 2 > counted.Count;
        }
    }

    /// <summary>
    /// Also where members are about to change that the other side may have changed already: those that join there may be up, those that leave here gone.
    /// </summary>
    private bool Stays(List<Cluster> side, string role)
    {
        var counted = _members.Where(m => m.Counts(role)).ToList();
        return Wins([MemberStatus.Up, MemberStatus.Leaving], [MemberStatus.Up, MemberStatus.Leaving])
            && Wins([MemberStatus.Up], [MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Joining]);

        bool Wins(MemberStatus[] here, MemberStatus[] there)
        {
            var ours = counted.Count(m => here.Contains(m.Status) && IsIn(side, m));
            var theirs = counted.Count(m => there.Contains(m.Status) && !IsIn(side, m));
            var lowest = counted.Find(m => here.Contains(m.Status));
            return ours > theirs || (ours == theirs && lowest is not null && IsIn(side, lowest));
        }
    }

    private static bool IsIn(List<Cluster> side, Member member) => side.Exists(n => n.SelfUniqueAddress == member.UniqueAddress);
    private bool IsMember(Cluster node) => _members.Any(m => m.UniqueAddress == node.SelfUniqueAddress);
    private void Put(Member member) => _members = _members.Remove(member).Add(member);

    private void PutOut(Cluster by, IEnumerable<Member> members)
    {
        var downed = members.Where(m => m.Status != MemberStatus.Down).ToList();
        downed.ForEach(m => Put(m.With(MemberStatus.Down)));
        Settle(by);
        // One that is not believed any more, but can be told.
        foreach (var member in downed)
            if (_nodes.TryGetValue(member.UniqueAddress, out var node) && !IsMember(node) && Network.Connected(by.Transport, node.Transport)) Resign([node]);
    }

    /// <summary>A side that gives up tells only itself; the other side comes to its own decision.</summary>
    private static void Resign(List<Cluster> side)
    {
        foreach (var node in side)
        {
            var members = node.State.Members.Select(m => IsIn(side, m) ? m.With(MemberStatus.Down) : m);
            node.Show(new ClusterEvent.CurrentClusterState([.. members], node.State.Unreachable, node.State.Leader));
        }
    }

    /// <summary>All that a node can hear of, directly or by others. Nobody believes one that is missing, also when its link is mended already.</summary>
    private List<Cluster> SideOf(Cluster node)
    {
        var side = new List<Cluster> { node };
        for (var i = 0; i < side.Count; i++)
            side.AddRange(_nodes.Values.Except(side).Where(n => Trust(side[i], n)).ToList());
        return side;
    }

    private bool Trust(Cluster one, Cluster other) => Network.Connected(one.Transport, other.Transport)
        && !_missed.Contains((one.SelfUniqueAddress, other.SelfUniqueAddress)) && !_missed.Contains((other.SelfUniqueAddress, one.SelfUniqueAddress));

    private List<Member> MissedBy(List<Cluster> side)
    {
        var missed = _missed.Where(o => side.Any(n => n.SelfUniqueAddress == o.By)).Select(o => o.Of).ToHashSet();
        return [.. _members.Where(m => missed.Contains(m.UniqueAddress))];
    }

    private void Settle(Cluster by)
    {
        var side = SideOf(by);
        Publish(side);
        while (IsConverged(side) && Advance(side)) Publish(side);
    }

    private bool IsConverged(List<Cluster> side) =>
        MissedBy(side).TrueForAll(m => m.IsOnItsWayOut) && _members.All(m => m.IsOnItsWayOut || IsIn(side, m));

    /// <summary>What the leader does about the members, one kind of change at a time.</summary>
    private bool Advance(List<Cluster> side)
    {
        var done = _members.Where(m => m.IsOnItsWayOut && (_exited.Contains(m.UniqueAddress) || !IsIn(side, m))).ToList();
        var leaving = _members.Where(m => m.Status == MemberStatus.Leaving).ToList();
        var joining = _members.Where(m => m.Status == MemberStatus.Joining).ToList();
        if (done.Count > 0) _members = _members.Except(done);
        else if (leaving.Count > 0) leaving.ForEach(m => Put(m.With(MemberStatus.Exiting)));
        else joining.ForEach(m => Put(m.Risen(++_lastUp)));
        _missed.RemoveWhere(o => done.Exists(m => m.UniqueAddress == o.By || m.UniqueAddress == o.Of));
        return done.Count + leaving.Count + joining.Count > 0;
    }

    private void Publish(List<Cluster> side)
    {
        var missed = MissedBy(side);
        foreach (var node in side.Where(IsMember))
        {
            var unreachable = missed.Where(m => m.UniqueAddress != node.SelfUniqueAddress).ToImmutableHashSet();
            // By address, and those before the others that are members for the time being.
            var leader = _members.Where(m => m.Status != MemberStatus.Down && !unreachable.Contains(m))
                .MinBy(m => m.Status switch { MemberStatus.Up or MemberStatus.Leaving => 0, MemberStatus.Joining => 1, _ => 2 });
            node.Show(new ClusterEvent.CurrentClusterState(_members, unreachable, leader?.Address));
        }
    }
}
