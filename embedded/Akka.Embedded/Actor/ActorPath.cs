namespace Akka.Actor;

/// <summary>Where an actor system is: <c>akka://name</c>.</summary>
public sealed record Address
{
    public Address(string protocol, string system) => (Protocol, System) = (protocol, system);
    public string Protocol { get; }
    public string System { get; }
    public override string ToString() => $"{Protocol}://{System}";
}

/// <summary>The name of an actor by its ancestors. Two paths are equal by name; the uid tells incarnations of one name apart.</summary>
public class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    private const string Symbols = "\"-_.*$+:@&=,!~';()";
    private readonly int _depth;

    internal ActorPath(Address address, ActorPath parent, string name, long uid)
    {
        Address = address;
        Parent = parent ?? this;
        Name = name;
        Uid = uid;
        _depth = parent is null ? 0 : parent._depth + 1;
    }

    public Address Address { get; }
    public ActorPath Parent { get; }
    public string Name { get; }
    public long Uid { get; }
    public IReadOnlyList<string> Elements => _depth == 0 ? [] : [.. Parent.Elements, Name];

    /// <summary>Letters, digits and a few signs; a leading <c>$</c> belongs to the runtime.</summary>
    public static bool IsValidPathElement(string s) =>
        !string.IsNullOrEmpty(s) && s[0] != '$' && s.All(c => char.IsAsciiLetterOrDigit(c) || Symbols.Contains(c));

    public bool Equals(ActorPath other)
    {
        var mine = this;
        while (!ReferenceEquals(mine, other))
        {
            if (other is null || mine._depth != other._depth || mine.Name != other.Name) return false;
            if (mine._depth == 0) return mine.Address.Equals(other.Address);
            (mine, other) = (mine.Parent, other.Parent);
        }
        return true;
    }

    public override bool Equals(object obj) => Equals(obj as ActorPath);
    public override int GetHashCode() => _depth == 0 ? Address.GetHashCode() : HashCode.Combine(Name, _depth, Parent.Name);
    public int CompareTo(ActorPath other) => string.CompareOrdinal(ToString(), other?.ToString());
    public string ToStringWithoutAddress() => $"/{string.Join('/', Elements)}";
    public override string ToString() => Address + ToStringWithoutAddress();
    public static ActorPath operator /(ActorPath path, string name) => new(path.Address, path, name, 0);
    public static bool operator ==(ActorPath left, ActorPath right) => Equals(left, right);
    public static bool operator !=(ActorPath left, ActorPath right) => !Equals(left, right);
    internal static ActorPath Root(Address address, string name = "") => new(address, null, name, 0);
}
