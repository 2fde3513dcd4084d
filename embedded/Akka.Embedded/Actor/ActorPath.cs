namespace Akka.Actor;

/// <summary>The name of an actor by its ancestors. Two paths are equal by name; the uid tells incarnations of one name apart.</summary>
public class ActorPath : IEquatable<ActorPath>
{
    private const string Symbols = "\"-_.*$+:@&=,!~';()";
    private readonly int _depth;

    internal ActorPath(Address address, ActorPath parent, string name, long uid)
    {
        Address = address;
        Parent = parent;
        Name = name;
        Uid = uid;
        _depth = parent is null ? 0 : parent._depth + 1;
    }

    public Address Address { get; }
    public ActorPath Parent { get; }
    public string Name { get; }
    public long Uid { get; }

    internal string[] Elements
    {
        get
        {
            var elements = new string[_depth];
            for (var path = this; path._depth > 0; path = path.Parent) elements[path._depth - 1] = path.Name;
            return elements;
        }
    }

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
    public string ToStringWithoutAddress() => $"/{string.Join('/', Elements)}";
    public override string ToString() => Address + ToStringWithoutAddress();
    public static ActorPath operator /(ActorPath path, string name) => new(path.Address, path, name, 0);

    /// <summary>Letters, digits and a few signs; a leading <c>$</c> belongs to the runtime.</summary>
    internal static bool IsValidPathElement(string s) =>
        !string.IsNullOrEmpty(s) && s[0] != '$' && s.All(c => char.IsAsciiLetterOrDigit(c) || Symbols.Contains(c));

    /// <summary>What <see cref="ToSerializationFormat"/> has written, or a path that someone wrote by hand.</summary>
    internal static ActorPath Parse(string path)
    {
        var end = path.IndexOf('/', path.IndexOf("://", StringComparison.Ordinal) + 3);
        ActorPath parsed = new RootActorPath(Address.Parse(end < 0 ? path : path[..end]));
        if (end < 0) return parsed;
        var (names, fragment) = path[(end + 1)..].Split('#') is [var before, var after] ? (before, after) : (path[(end + 1)..], "0");
        foreach (var name in names.Split('/', StringSplitOptions.RemoveEmptyEntries)) parsed /= name;
        return parsed._depth == 0 ? parsed : new ActorPath(parsed.Address, parsed.Parent, parsed.Name, long.Parse(fragment, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>With the incarnation, so that whoever reads it finds this very actor or none.</summary>
    internal string ToSerializationFormat() => Uid == 0 ? ToString() : $"{this}#{Uid}";

    /// <summary>The same actor as others call it.</summary>
    internal ActorPath At(Address address) => _depth == 0 ? new RootActorPath(address, Name) : new ActorPath(address, Parent.At(address), Name, Uid);
}

/// <summary>Where the paths of one actor system begin.</summary>
public sealed class RootActorPath(Address address, string name = "") : ActorPath(address, null, name, 0);
