using System.Collections.Immutable;
using Akka.Remote;

namespace Akka.Cluster;

public class ClusterJoinFailedException(string message) : AkkaException(message);

/// <summary>A system's own view of the cluster, and its hand in it.</summary>
public class Cluster
{
    private readonly IActorRef _daemon;
    private volatile ClusterEvent.CurrentClusterState _state = ClusterEvent.CurrentClusterState.Empty;

    private Cluster(ExtendedActorSystem system)
    {
        Transport = (system.Provider as RemoteActorRefProvider)?.Memory
            ?? throw new ConfigurationException($"{system} is no node of a cluster; akka.actor.provider = cluster makes it one.");
        System = system;
        SelfUniqueAddress = new UniqueAddress(Transport.DefaultAddress, Transport.Uid);
        SelfRoles = [.. system.Settings.Config.GetStringList("akka.cluster.roles")];
        _daemon = system.SystemActorOf(Props.Create(typeof(ClusterDaemon), this), "cluster");
        new ClusterShutdown(this, _daemon).AddTo(CoordinatedShutdown.Get(system));
        Transport.Cluster = this;
        var seeds = system.Settings.Config.GetStringList("akka.cluster.seed-nodes");
        if (seeds.Count > 0) JoinSeedNodes(seeds.Select(Address.Parse));
    }

    public UniqueAddress SelfUniqueAddress { get; }
    public Address SelfAddress => SelfUniqueAddress.Address;
    public ImmutableHashSet<string> SelfRoles { get; }

    /// <summary>Removed before it has joined, and again in the end.</summary>
    public Member SelfMember => State.Members.FirstOrDefault(m => m.UniqueAddress == SelfUniqueAddress)
        ?? new Member(SelfUniqueAddress, int.MaxValue, MemberStatus.Removed, SelfRoles);

    public ClusterEvent.CurrentClusterState State { get => _state; internal set => _state = value; }
    public bool IsTerminated => Removed.Task.IsCompleted;
    internal ExtendedActorSystem System { get; }
    internal InMemoryTransport Transport { get; }

    /// <summary>Shared with the others that have joined; null until then.</summary>
    internal Membership Membership { get; set; }

    internal TaskCompletionSource<Done> Up { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    internal TaskCompletionSource<Done> Leaving { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    internal TaskCompletionSource<Done> Exiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    internal TaskCompletionSource<Done> Removed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Cluster Get(ActorSystem system) => system.Extension(() => new Cluster((ExtendedActorSystem)system));
    public void Join(Address address) => JoinSeedNodes([address]);
    public Task JoinAsync(Address address, CancellationToken token = default) => JoinSeedNodesAsync([address], token);

    /// <summary>The first of the seeds forms the cluster when no other has.</summary>
    public void JoinSeedNodes(IEnumerable<Address> seedNodes) => _daemon.Tell(new ClusterDaemon.Join([.. seedNodes]), ActorRefs.NoSender);

    public async Task JoinSeedNodesAsync(IEnumerable<Address> seedNodes, CancellationToken token = default)
    {
        if (IsTerminated) throw new ClusterJoinFailedException("Cluster has already been terminated");
        JoinSeedNodes(seedNodes);
        try
        {
            await Up.Task.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new ClusterJoinFailedException("Node has not managed to join the cluster using provided addresses");
        }
    }

    public void Leave(Address address) => Membership?.Leave(this, address);

    /// <summary>Ends when this node is no member any more.</summary>
    public Task LeaveAsync()
    {
        Leave(SelfAddress);
        return Removed.Task;
    }

    public Task LeaveAsync(CancellationToken cancellationToken) => LeaveAsync().WaitAsync(cancellationToken);

    /// <summary>As if the failure of that node were certain.</summary>
    public void Down(Address address) => Membership?.Down(this, address);

    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, ClusterEvent.InitialStateAsSnapshot, to);

    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        if (to.Length == 0 || !to.All(typeof(ClusterEvent.IClusterDomainEvent).IsAssignableFrom))
            throw new ArgumentException($"Subscribe to `IClusterDomainEvent` or subclasses, was [{string.Join(", ", to.Select(t => t.Name))}]", nameof(to));
        _daemon.Tell(new ClusterDaemon.Subscription(subscriber, initialStateMode, to), ActorRefs.NoSender);
    }

    public void Unsubscribe(IActorRef subscriber) => _daemon.Tell(new ClusterDaemon.Unsubscription(subscriber), ActorRefs.NoSender);
    public void RegisterOnMemberUp(Action callback) => RunAfter(Up.Task, callback);

    /// <summary>However it comes to be removed.</summary>
    public void RegisterOnMemberRemoved(Action callback) => RunAfter(Removed.Task, callback);

    internal void Show(ClusterEvent.CurrentClusterState state) => _daemon.Tell(new ClusterDaemon.View(state), ActorRefs.NoSender);
    internal void NoticeLinks() => _daemon.Tell(ClusterDaemon.LinksChanged.Instance, ActorRefs.NoSender);

    private static void RunAfter(Task task, Action callback)
    {
        if (task.IsCompleted) callback();
        else task.ContinueWith(_ => callback(), TaskScheduler.Default);
    }
}

/// <summary>The part of the membership in the end of a system: to leave in order, or not to wait for that where there is nothing to leave.</summary>
internal sealed class ClusterShutdown(Cluster cluster, IActorRef daemon)
{
    private bool IsOut => cluster.IsTerminated || cluster.SelfMember.Status is MemberStatus.Removed or MemberStatus.Down;

    public void AddTo(CoordinatedShutdown shutdown)
    {
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", () =>
        {
            if (IsOut) return Task.FromResult(Done.Instance);
            cluster.Leave(cluster.SelfAddress);
            return cluster.Leaving.Task;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExiting, "wait-exiting", () => IsOut ? Task.FromResult(Done.Instance) : cluster.Exiting.Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed", () =>
        {
            if (!IsOut) cluster.Membership.Exit(cluster);
            daemon.Tell(PoisonPill.Instance, ActorRefs.NoSender);
            return Task.FromResult(Done.Instance);
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "wait-shutdown", () => cluster.Removed.Task);
    }
}
