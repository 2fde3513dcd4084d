using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Conformance.Cluster;

/// <summary>Several nodes in this process. On both runtimes they know each other by their addresses alone, so two clusters can be at work at once.</summary>
public abstract class ClusterSpec : IAsyncLifetime
{
    /// <summary>For specs in which nodes are lost: soon found out, and soon put out.</summary>
    protected const string Nervous = "akka.cluster { failure-detector.acceptable-heartbeat-pause = 3s, split-brain-resolver.stable-after = 3s }";

    /// <summary>For specs in which a link is mended before anyone is put out.</summary>
    protected const string Patient = "akka.cluster { failure-detector.acceptable-heartbeat-pause = 3s, split-brain-resolver.stable-after = 10m }";

    /// <summary>
    /// What a cluster does in seconds is to be done in less, but nobody is to be missed because the machine is busy.
    /// </summary>
    private const string Fast = """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          coordinated-shutdown { run-by-clr-shutdown-hook = off, exit-clr = off }
          remote {
            dot-netty.tcp.applied-adapters = ["trttl"]
            retry-gate-closed-for = 200ms
            watch-failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 3s, expected-response-after = 200ms, unreachable-nodes-reaper-interval = 200ms }
          }
          cluster {
            periodic-tasks-initial-delay = 200ms
            gossip-interval = 200ms
            leader-actions-interval = 200ms
            unreachable-nodes-reaper-interval = 200ms
            seed-node-timeout = 1s
            retry-unsuccessful-join-after = 1s
            failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 60s, expected-response-after = 200ms }
            distributed-data { gossip-interval = 200ms, notify-subscribers-interval = 100ms }
            singleton { hand-over-retry-interval = 200ms, min-number-of-hand-over-retries = 30 }
            sharding {
              state-store-mode = ddata
              distributed-data.durable.keys = []
              retry-interval = 200ms
              waiting-for-state-timeout = 1s
              updating-state-timeout = 1s
              coordinator-failure-backoff = 500ms
              rebalance-interval = 1s
            }
          }
        }
        """;

    protected static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly List<Node> _nodes = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes) node.Crash();
        await Task.WhenAll(_nodes.Select(n => n.System.WhenTerminated)).WaitAsync(Long);
        foreach (var node in _nodes) node.Host.Dispose();
    }

    /// <summary>A node that has not joined yet.</summary>
    protected async Task<Node> Start(string[]? roles = null, string more = "", Action<AkkaConfigurationBuilder>? configure = null, int port = 0)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAkka("conformance", (akka, _) =>
        {
            akka.AddHocon(ConfigurationFactory.ParseString(more).WithFallback(Fast), HoconAddMode.Prepend)
                .WithRemoting("127.0.0.1", port)
                .WithClustering(new ClusterOptions { Roles = roles ?? [] })
                .WithCustomSerializer("words", [typeof(Word)], system => new WordSerializer(system));
            configure?.Invoke(akka);
        });
        var host = builder.Build();
        await host.StartAsync().WaitAsync(Long);
        var node = new Node(host);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Nodes that are all up, the first of them the oldest.</summary>
    protected async Task<Node[]> Form(int count, string more = "", Action<AkkaConfigurationBuilder>? configure = null, Func<int, string>? role = null)
    {
        var nodes = new Node[count];
        for (var i = 0; i < count; i++) nodes[i] = await Start(["worker", role?.Invoke(i) ?? $"node-{i + 1}"], more, configure);
        foreach (var node in nodes) await node.Join(nodes[0]).WaitAsync(Long);
        foreach (var node in nodes)
        {
            await node.HearsOfAll(nodes);
            await node.Sees(s => s.Members.Count(m => m.Status == MemberStatus.Up) == count && s.Leader is not null);
        }
        return nodes;
    }
}

public sealed class Node
{
    private readonly Listener _members;

    public Node(IHost host)
    {
        Host = host;
        System = host.Services.GetRequiredService<ActorSystem>();
        Cluster = Akka.Cluster.Cluster.Get(System);
        _members = Listen();
        Cluster.Subscribe(_members.Ref, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
    }

    public IHost Host { get; }
    public ActorSystem System { get; }
    public Akka.Cluster.Cluster Cluster { get; }
    public IActorRefProvider Provider => ((ExtendedActorSystem)System).Provider;
    public IActorRef Region => Host.Services.GetRequiredService<ActorRegistry>().Get<Entity>();

    /// <summary>Null before it has joined, and when it is out again.</summary>
    public Member? Self => Cluster.State.Members.SingleOrDefault(m => m.UniqueAddress == Cluster.SelfUniqueAddress);

    public Listener Listen() => new(System);

    /// <summary>Waits until it is up.</summary>
    public Task Join(Node other)
    {
        var up = new TaskCompletionSource();
        Cluster.RegisterOnMemberUp(up.SetResult);
        Cluster.Join(other.Cluster.SelfAddress);
        return up.Task;
    }

    /// <summary>As whoever operates the cluster has it leave.</summary>
    public Task Leave() => CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);

    /// <summary>Waits until this node is told of that change in another, past everything it was told before.</summary>
    public Task<T> Hears<T>(Node about) where T : ClusterEvent.IClusterDomainEvent => _members.Next<T>(e => MemberOf(e).Address == about.Cluster.SelfAddress);

    /// <summary>Waits until all of them are up.</summary>
    public async Task HearsOfAll(IEnumerable<Node> nodes)
    {
        var missing = nodes.Select(n => n.Cluster.SelfAddress).ToHashSet();
        while (missing.Count > 0) missing.Remove((await _members.Next<ClusterEvent.MemberUp>()).Member.Address);
    }

    /// <summary>The state may be a moment behind the events.</summary>
    public Task Sees(Func<ClusterEvent.CurrentClusterState, bool> holds) => Eventually.True(() => holds(Cluster.State), "the state says so");

    /// <summary>What it has been told so far, or is told in the meantime.</summary>
    public async Task<string[]> HearsUpTo<T>(Node about) where T : ClusterEvent.IClusterDomainEvent
    {
        var heard = new List<string>();
        while (heard.LastOrDefault() != typeof(T).Name)
        {
            var next = await _members.Next<ClusterEvent.IClusterDomainEvent>(e => MemberOf(e).Address == about.Cluster.SelfAddress);
            heard.Add(next.GetType().Name);
        }
        return [.. heard];
    }

    /// <summary>What another node calls an actor of this one.</summary>
    public IActorRef RefIn(Node other, IActorRef actor)
    {
        var path = new RootActorPath(Cluster.SelfAddress);
        return other.Provider.ResolveActorRef($"{path.Address}{actor.Path.ToStringWithoutAddress()}#{actor.Path.Uid}");
    }

    public void Crash() => ((ExtendedActorSystem)System).Abort();

    public Task Cut(Node other) => Throttle(other, Akka.Remote.Transport.Blackhole.Instance);
    public Task Mend(Node other) => Throttle(other, Akka.Remote.Transport.Unthrottled.Instance);

    /// <summary>Both ways; after a silence one second's worth goes at once.</summary>
    public Task Slow(Node other, int bytesPerSecond) => Throttle(other, new Akka.Remote.Transport.TokenBucket(bytesPerSecond, bytesPerSecond, 0, 0));

    private async Task Throttle(Node other, Akka.Remote.Transport.ThrottleMode mode) => Assert.True(
        await ((Akka.Remote.IRemoteActorRefProvider)Provider).Transport.ManagementCommand(new Akka.Remote.Transport.SetThrottle(
            other.Cluster.SelfAddress, Akka.Remote.Transport.ThrottleTransportAdapter.Direction.Both, mode)));

    private static Member MemberOf(object happening) => happening switch
    {
        ClusterEvent.MemberStatusChange e => e.Member,
        ClusterEvent.ReachabilityEvent e => e.Member,
        _ => throw new ArgumentException($"{happening}"),
    };
}
