namespace Akka.Actor;

/// <summary>The name of an actor by its ancestors. Two paths are equal by name; the uid tells incarnations of one name apart.</summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    private const string Symbols = "\"-_.*$+:@&=,!~';()";

    private protected ActorPath(Address address, ActorPath parent, string name, long uid)
    {
        Address = address;
        Parent = parent ?? this;
        Name = name;
        Uid = uid;
        Depth = parent is null ? 0 : parent.Depth + 1;
    }

    public Address Address { get; }
    public ActorPath Parent { get; }
    public string Name { get; }
    public long Uid { get; }
    public int Depth { get; }
    public ActorPath Root => Depth == 0 ? this : Parent.Root;
    public IReadOnlyList<string> Elements => Depth == 0 ? [] : [.. Parent.Elements, Name];

    /// <summary>Letters, digits and a few signs; a leading <c>$</c> belongs to the runtime.</summary>
    public static bool IsValidPathElement(string s) =>
        !string.IsNullOrEmpty(s) && s[0] != '$' && s.All(c => char.IsAsciiLetterOrDigit(c) || Symbols.Contains(c));

    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"'{path}' is not the path of an actor.");

    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null;
        if (!Address.TryParse(path, out var address)) return false;
        var parts = path[address.ToString().Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var uid = 0L;
        if (parts.Length > 0 && parts[^1].LastIndexOf('#') is >= 0 and var hash)
        {
            if (!long.TryParse(parts[^1][(hash + 1)..], out uid)) return false;
            parts[^1] = parts[^1][..hash];
        }
        actorPath = parts.Aggregate((ActorPath)new RootActorPath(address), (parent, name) => parent / name).WithUid(uid);
        return true;
    }

    public ActorPath WithUid(long uid) => Depth == 0 || uid == Uid ? this : new ChildActorPath(Parent, Name, uid);

    public bool Equals(ActorPath other)
    {
        var mine = this;
        while (!ReferenceEquals(mine, other))
        {
            if (other is null || mine.Depth != other.Depth || mine.Name != other.Name) return false;
            if (mine.Depth == 0) return mine.Address.Equals(other.Address);
            (mine, other) = (mine.Parent, other.Parent);
        }
        return true;
    }

    public override bool Equals(object obj) => Equals(obj as ActorPath);
    public override int GetHashCode() => Depth == 0 ? Address.GetHashCode() : HashCode.Combine(Name, Depth, Parent.Name);
    public int CompareTo(ActorPath other) => string.CompareOrdinal(ToString(), other?.ToString());
    public string ToStringWithoutAddress() => Depth == 0 ? "/" : $"/{string.Join('/', Elements)}";
    public string ToStringWithAddress(Address address) => (Address.HasLocalScope ? address : Address) + ToStringWithoutAddress();
    public string ToSerializationFormat() => Uid == 0 ? ToString() : $"{this}#{Uid}";
    public string ToSerializationFormatWithAddress(Address address) => Uid == 0 ? ToStringWithAddress(address) : $"{ToStringWithAddress(address)}#{Uid}";
    public override string ToString() => Address + ToStringWithoutAddress();
    public static ActorPath operator /(ActorPath path, string name) => new ChildActorPath(path, name, 0);
    public static bool operator ==(ActorPath left, ActorPath right) => Equals(left, right);
    public static bool operator !=(ActorPath left, ActorPath right) => !Equals(left, right);
}

public sealed class RootActorPath : ActorPath
{
    public RootActorPath(Address address, string name = "") : base(address, null, name, 0) { }
}

public sealed class ChildActorPath : ActorPath
{
    public ChildActorPath(ActorPath parentPath, string name, long uid) : base(parentPath.Address, parentPath, name, uid) { }
}
