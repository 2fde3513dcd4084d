namespace Akka.Configuration.Hocon;

/// <summary>What stands behind one key: text, an object or an array.</summary>
public class HoconValue
{
    /// <summary>A <see cref="string"/>, a <see cref="HoconObject"/> or a list of values.</summary>
    internal object Content { get; set; }
    public bool IsObject() => Content is HoconObject;
    public bool IsString() => Content is string;
    public HoconObject GetObject() => Content as HoconObject;
    public IList<HoconValue> GetArray() => Content as IList<HoconValue> ?? [];
    public string GetString() => Content is string text and not "null" ? text : null;

    /// <summary>What was said of an object before stays; of anything else it does not.</summary>
    internal HoconObject BecomeObject()
    {
        if (!IsObject()) Content = new HoconObject();
        return GetObject();
    }
}

/// <summary>Keys and their values. Look at <see cref="Items"/> to enumerate what a block holds.</summary>
public class HoconObject
{
    public Dictionary<string, HoconValue> Items { get; private init; } = [];
    public HoconValue GetKey(string key) => Items.GetValueOrDefault(key);
    internal HoconValue GetOrAdd(string key) => Items.TryGetValue(key, out var value) ? value : Items[key] = new HoconValue();

    /// <summary>A new object with everything of this one, except where <paramref name="other"/> says otherwise.</summary>
    internal HoconObject OverlaidWith(HoconObject other)
    {
        var merged = new Dictionary<string, HoconValue>(Items);
        foreach (var (key, theirs) in other.Items)
        {
            var isBoth = theirs.IsObject() && GetKey(key)?.IsObject() == true;
            merged[key] = isBoth ? new HoconValue { Content = Items[key].GetObject().OverlaidWith(theirs.GetObject()) } : theirs;
        }
        return new HoconObject { Items = merged };
    }
}
