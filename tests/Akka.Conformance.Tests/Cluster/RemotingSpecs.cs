using System.Diagnostics;

namespace Akka.Conformance.Cluster;

public sealed class RemotingSpecs : ClusterSpec
{
    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private async Task<(Node One, Node Other, IActorRef Echo)> TwoWithAnEcho()
    {
        var nodes = await Form(2);
        return (nodes[0], nodes[1], nodes[1].RefIn(nodes[0], nodes[1].System.ActorOf<Echo>("echo")));
    }

    [Fact]
    public async Task What_one_tells_another_should_arrive_in_order()
    {
        var nodes = await Form(2);
        var there = nodes[1].Listen();
        var actor = there.Ref;
        var here = nodes[1].RefIn(nodes[0], actor);
        for (var i = 0; i < 5000; i++) here.Tell(i, ActorRefs.NoSender);
        Assert.Equal(Enumerable.Range(0, 5000).Cast<object>(), await there.Next(5000));
    }

    [Fact]
    public async Task A_sender_in_another_node_should_be_answered()
    {
        var (one, other, echo) = await TwoWithAnEcho();
        var listener = one.Listen();
        echo.Tell("hello", listener.Ref);
        Assert.Equal("hello", await listener.Next<object>());
        Assert.Equal(7, await echo.Ask<int>(7, Long));
        Assert.Equal(8L, await echo.Ask<long>(8L, Long));
        Assert.Equal(other.Cluster.SelfAddress, echo.Path.Address);
    }

    [Fact]
    public async Task An_actor_should_be_told_things_by_its_path_alone()
    {
        var (one, other, _) = await TwoWithAnEcho();
        var byPath = one.Provider.ResolveActorRef(new RootActorPath(other.Cluster.SelfAddress) / "user" / "echo");
        Assert.Equal("hello", await byPath.Ask<string>("hello", Long));
        Assert.Equal("hello", await one.Provider.ResolveActorRef($"{other.Cluster.SelfAddress}/user/echo").Ask<string>("hello", Long));
        var own = one.System.ActorOf<Echo>("mine");
        Assert.Equal(own, one.RefIn(one, own));
    }

    [Fact]
    public async Task A_message_should_come_through_the_serializer_bound_to_its_ancestor()
    {
        var (_, _, echo) = await TwoWithAnEcho();
        var word = new PlainWord("hello");
        var back = await echo.Ask<PlainWord>(word, Long);
        Assert.Equal(word, back);
        Assert.NotSame(word, back);
    }

    [Theory]
    [InlineData(typeof(UnknownWord))]
    [InlineData(typeof(BrokenWord))]
    [InlineData(typeof(UnwritableWord))]
    public async Task A_message_that_cannot_be_written_or_read_should_be_lost_alone(Type type)
    {
        var (one, _, echo) = await TwoWithAnEcho();
        var listener = one.Listen();
        for (var i = 0; i < 10; i++)
        {
            echo.Tell($"before {i}", listener.Ref);
            echo.Tell(Activator.CreateInstance(type, "?")!, listener.Ref);
        }
        echo.Tell("after", listener.Ref);
        Assert.Equal([.. Enumerable.Range(0, 10).Select(i => $"before {i}"), "after"], await listener.Next(11));
        Assert.Equal(2, one.Cluster.State.Members.Count);
    }

    [Fact]
    public async Task A_serializer_should_be_found_by_the_message()
    {
        var node = await Start();
        var serialization = node.System.Serialization;
        var serializer = Assert.IsType<WordSerializer>(serialization.FindSerializerFor(new PlainWord("x")));
        Assert.Same(serializer, serialization.FindSerializerForType(typeof(UnknownWord)));
    }

    [Fact]
    public async Task What_is_told_over_a_cut_link_should_be_lost_and_later_words_arrive()
    {
        var nodes = await Form(2, Patient);
        var there = nodes[1].Listen();
        var here = nodes[1].RefIn(nodes[0], there.Ref);
        here.Tell("before", ActorRefs.NoSender);
        Assert.Equal("before", await there.Next<object>());
        await nodes[0].Cut(nodes[1]);
        here.Tell("lost", ActorRefs.NoSender);
        await nodes[0].Hears<Akka.Cluster.ClusterEvent.UnreachableMember>(nodes[1]);
        await nodes[0].Mend(nodes[1]);
        await nodes[0].Hears<Akka.Cluster.ClusterEvent.ReachableMember>(nodes[1]);
        here.Tell("after", ActorRefs.NoSender);
        Assert.Equal("after", await there.Next<object>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_slow_link_should_deliver_late_and_in_order_and_lose_nothing(int slowing)
    {
        var (nodes, words) = (await Form(2), Words(120_000));
        var there = nodes[1].Listen();
        var here = nodes[1].RefIn(nodes[0], there.Ref);
        await nodes[slowing].Slow(nodes[1 - slowing], bytesPerSecond: 20_000);
        var clock = Stopwatch.StartNew();
        foreach (var word in words) here.Tell(word, ActorRefs.NoSender);
        Assert.Equal(words[0], await there.Next<object>());
        Assert.Equal(words[1..], await there.Next(words.Length - 1));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_waits_for_a_slow_link_should_come_in_order_once_it_is_mended(int slowing)
    {
        var (nodes, words) = (await Form(2), Words(120_000));
        var there = nodes[1].Listen();
        var here = nodes[1].RefIn(nodes[0], there.Ref);
        await nodes[slowing].Slow(nodes[1 - slowing], bytesPerSecond: 3_000);
        foreach (var word in words) here.Tell(word, ActorRefs.NoSender);
        Assert.Equal(words[0], await there.Next<object>());
        await nodes[slowing].Mend(nodes[1 - slowing]);
        var clock = Stopwatch.StartNew();
        Assert.Equal(words[1..], await there.Next(words.Length - 1));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    private static string[] Words(int characters) => [.. Enumerable.Range(0, characters / 1_000).Select(i => $"{i} {new string('x', 1_000)}")];
}
