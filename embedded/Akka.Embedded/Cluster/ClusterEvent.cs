using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>What a node tells its actors about the cluster, to those who have subscribed.</summary>
public class ClusterEvent
{
    public enum SubscriptionInitialStateMode
    {
        /// <summary>First of all a <see cref="CurrentClusterState"/>.</summary>
        InitialStateAsSnapshot,

        /// <summary>First of all the events that would have led to the present state.</summary>
        InitialStateAsEvents,
    }

    public interface IClusterDomainEvent;

    public interface IMemberEvent : IClusterDomainEvent;

    public interface IReachabilityEvent : IClusterDomainEvent;

    public sealed class CurrentClusterState : INoSerializationVerificationNeeded
    {
        internal static readonly CurrentClusterState Empty = new([], [], null);

        internal CurrentClusterState(ImmutableSortedSet<Member> members, ImmutableHashSet<Member> unreachable, Address leader) =>
            (Members, Unreachable, Leader) = (members, unreachable, leader);

        /// <summary>By address.</summary>
        public ImmutableSortedSet<Member> Members { get; }
        public ImmutableHashSet<Member> Unreachable { get; }

        /// <summary>The first of those who can be reached.</summary>
        public Address Leader { get; }
    }

    public abstract class MemberStatusChange(Member member) : IMemberEvent
    {
        public Member Member { get; } = member;
    }

    public sealed class MemberJoined(Member member) : MemberStatusChange(member);

    public sealed class MemberUp(Member member) : MemberStatusChange(member);

    public sealed class MemberLeft(Member member) : MemberStatusChange(member);

    public sealed class MemberExited(Member member) : MemberStatusChange(member);

    public sealed class MemberDowned(Member member) : MemberStatusChange(member);

    public sealed class MemberRemoved(Member member, MemberStatus previousStatus) : MemberStatusChange(member)
    {
        public MemberStatus PreviousStatus { get; } = previousStatus;
    }

    public abstract class ReachabilityEvent(Member member) : IReachabilityEvent
    {
        public Member Member { get; } = member;
    }

    public sealed class UnreachableMember(Member member) : ReachabilityEvent(member);

    public sealed class ReachableMember(Member member) : ReachabilityEvent(member);

    /// <summary>What has to happen for <paramref name="before"/> to become <paramref name="after"/>.</summary>
    internal static IEnumerable<IClusterDomainEvent> Between(CurrentClusterState before, CurrentClusterState after)
    {
        foreach (var member in after.Members)
            if (!before.Members.TryGetValue(member, out var old) || old.Status != member.Status) yield return Change(member);
        foreach (var member in before.Members.Except(after.Members)) yield return new MemberRemoved(member.With(MemberStatus.Removed), member.Status);
        foreach (var member in after.Unreachable.Except(before.Unreachable)) yield return new UnreachableMember(member);
        foreach (var member in before.Unreachable.Except(after.Unreachable))
            if (after.Members.TryGetValue(member, out var reachable)) yield return new ReachableMember(reachable);
    }

    private static MemberStatusChange Change(Member member) => member.Status switch
    {
        MemberStatus.Joining => new MemberJoined(member),
        MemberStatus.Up => new MemberUp(member),
        MemberStatus.Leaving => new MemberLeft(member),
        MemberStatus.Exiting => new MemberExited(member),
        _ => new MemberDowned(member),
    };
}
