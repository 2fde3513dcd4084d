using System.Collections.Immutable;

namespace Akka.Cluster;

public enum MemberStatus
{
    Joining = 0,
    Up = 1,
    Leaving = 2,
    Exiting = 3,
    Down = 4,
    Removed = 5,
}

/// <summary>An address together with what tells one system from the next that has it.</summary>
public sealed record UniqueAddress(Address Address, int Uid);

/// <summary>A node of the cluster, as one of them sees it at one moment. Equal by who it is, whatever its status.</summary>
public class Member : IComparable<Member>
{
    internal static readonly IComparer<Address> AddressOrdering = Comparer<Address>.Create((one, other) =>
        string.CompareOrdinal(one.Host ?? "", other.Host ?? "") is not 0 and var byHost ? byHost : Nullable.Compare(one.Port, other.Port));

    /// <summary>The oldest first.</summary>
    public static readonly IComparer<Member> AgeOrdering = Comparer<Member>.Create((one, other) =>
        one._upNumber.CompareTo(other._upNumber) is not 0 and var byAge ? byAge : AddressOrdering.Compare(one.Address, other.Address));

    private readonly int _upNumber;

    internal Member(UniqueAddress uniqueAddress, int upNumber, MemberStatus status, ImmutableHashSet<string> roles) =>
        (UniqueAddress, _upNumber, Status, Roles) = (uniqueAddress, upNumber, status, roles);

    public UniqueAddress UniqueAddress { get; }
    public Address Address => UniqueAddress.Address;
    public MemberStatus Status { get; }
    public ImmutableHashSet<string> Roles { get; }

    /// <summary>Its death is settled, so nobody waits for it.</summary>
    internal bool IsOnItsWayOut => Status is MemberStatus.Down or MemberStatus.Exiting;

    public bool HasRole(string role) => Roles.Contains(role);

    /// <summary>Without a role everybody does.</summary>
    internal bool Counts(string role) => string.IsNullOrEmpty(role) || HasRole(role);

    public int CompareTo(Member other) =>
        AddressOrdering.Compare(Address, other.Address) is not 0 and var byAddress ? byAddress : UniqueAddress.Uid.CompareTo(other.UniqueAddress.Uid);

    public override bool Equals(object obj) => obj is Member other && UniqueAddress.Equals(other.UniqueAddress);
    public override int GetHashCode() => UniqueAddress.GetHashCode();
    public override string ToString() => $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status}, role=[{string.Join(",", Roles)}], upNumber={_upNumber})";
    internal Member With(MemberStatus status) => new(UniqueAddress, _upNumber, status, Roles);
    internal Member Risen(int upNumber) => new(UniqueAddress, upNumber, MemberStatus.Up, Roles);
}
