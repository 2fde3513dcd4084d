using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;

namespace Akka.Conformance.Cluster;

/// <summary>One actor in the whole cluster, on the oldest node with its role.</summary>
public sealed class SingletonSpecs : ClusterSpec
{
    private readonly Lives _lives = new();

    [Fact]
    public async Task A_singleton_should_be_on_the_oldest_node_with_its_role_alone()
    {
        var nodes = await Form(3, configure: Host, role: i => i == 0 ? "idle" : "keeper");
        await Eventually.True(() => Begun.Length == 1, "it is somewhere");
        Assert.Equal($"{nodes[1].Cluster.SelfAddress}", Begun[0]);
        Assert.Empty(_lives.Doubles);
    }

    [Fact]
    public async Task A_singleton_should_go_on_elsewhere_when_its_node_has_left()
    {
        var nodes = await Form(2, configure: Host, role: _ => "keeper");
        await Eventually.True(() => Begun.Length == 1, "it is somewhere");
        await nodes[0].Leave().WaitAsync(Long);
        await Eventually.True(() => Begun.Length == 2, "it is somewhere else");
        Assert.Equal([.. nodes.Select(node => $"{node.Cluster.SelfAddress}")], Begun);
        Assert.Empty(_lives.Doubles);
    }

    [Fact]
    public async Task A_singleton_should_go_on_elsewhere_when_its_node_is_lost()
    {
        var nodes = await Form(3, Nervous, Host, _ => "keeper");
        await Eventually.True(() => Begun.Length == 1, "it is somewhere");
        nodes[0].Crash();
        await nodes[1].Hears<ClusterEvent.MemberRemoved>(nodes[0]);
        await Eventually.True(() => Begun.Length == 2, "it is somewhere else");
        Assert.Equal($"{nodes[1].Cluster.SelfAddress}", Begun[1]);
    }

    private string[] Begun => [.. _lives.Notes.Where(note => note.StartsWith("akka", StringComparison.Ordinal))];

    private void Host(AkkaConfigurationBuilder akka) => akka.WithSingleton<Keeper>(
        "keeper", Props.Create(() => new Keeper(_lives)), new ClusterSingletonOptions { Role = "keeper" }, createProxyToo: false);

    private sealed class Keeper : ReceiveActor
    {
        private readonly Lives _lives;

        public Keeper(Lives lives)
        {
            _lives = lives;
            lives.Begin("keeper");
            lives.Note($"{Akka.Cluster.Cluster.Get(Context.System).SelfAddress}");
        }

        protected override void PostStop() => _lives.End("keeper");
    }
}
