using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProverCluster.Messages;
using ProverCluster.Messages.Texts;
using ProverCluster.Node.Wire;

namespace ProverCluster.Wire;

/// <summary>What holds for all messages that there are.</summary>
public sealed class Every_message(Bytes bytes) : IClassFixture<Bytes>
{
    public static TheoryData<int> All => [.. Enumerable.Range(0, Examples.All.Count)];

    [Fact]
    public void Has_an_example_and_a_manifest()
    {
        var types = typeof(IProtocolMessage).Assembly.GetTypes()
            .Where(type => typeof(IProtocolMessage).IsAssignableFrom(type) && type is { IsInterface: false, IsAbstract: false })
            .OrderBy(type => type.FullName)
            .ToArray();

        Assert.NotEmpty(types);
        Assert.Equal(types, Examples.All.Select(message => message.GetType()).Distinct().OrderBy(type => type.FullName));
        Assert.Equal(types, WireSchema.All.Select(type => type.Type).OrderBy(type => type.FullName));
    }

    [Fact]
    public void Has_the_manifest_that_was_approved() =>
        Approved.Equal("manifests.txt", string.Concat(WireSchema.All.Select(type => $"{type.Manifest} {type.Type.FullName}\n").Order(StringComparer.Ordinal)));

    [Theory]
    [MemberData(nameof(All))]
    public void Is_found_our_serializer_for(int example)
    {
        var serializer = bytes.System.Serialization.FindSerializerFor(Examples.All[example]);

        Assert.Same(bytes.Serializer, serializer);
        Assert.Equal(4051, serializer.Identifier);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Comes_back_as_it_was(int example)
    {
        var message = Examples.All[example];
        var written = bytes.Of(message);

        var read = bytes.Read(written, bytes.Serializer.Manifest(message));

        // Records with lists in them are not equal when their lists are others; their bytes are.
        Assert.IsType(message.GetType(), read);
        Assert.Equal(Convert.ToHexString(written), Convert.ToHexString(bytes.Of(read)));
        Assert.Equal(Shown(message), Shown(read));
    }

    [Fact]
    public void Has_the_bytes_that_it_had()
    {
        foreach (var group in Examples.All.GroupBy(bytes.Serializer.Manifest))
            Approved.Equal($"Golden/{group.Key}.txt", string.Concat(group.Select(message => Golden.Show(bytes.Of(message)) + "\n")));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Is_read_with_members_that_a_later_version_added(int example)
    {
        var message = Examples.All[example];
        if (message is TextEvents.Piece)
            return;
        var json = JsonNode.Parse(bytes.Of(message))!;
        foreach (var value in Objects(json).Where(value => !value.GetPath().EndsWith(".labels")).ToArray())
            value["later"] = new JsonObject { ["x"] = new JsonArray(1, null, "two") };

        var read = bytes.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), bytes.Serializer.Manifest(message));

        Assert.Equal(Shown(message), Shown(read));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject value => value.SelectMany(member => Objects(member.Value)).Append(value),
        JsonArray values => values.SelectMany(Objects),
        _ => [],
    };

    /// <summary>By reflection, so that nothing of the wire format is used to judge it.</summary>
    private static string Shown(object message) => JsonSerializer.Serialize(message, message.GetType(), Reflection.Options);
}
