using System.Collections.Immutable;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>A system's own view of the cluster, and its hand in it.</summary>
public class Cluster
{
    private readonly IActorRef _daemon;
    private volatile ClusterEvent.CurrentClusterState _state = ClusterEvent.CurrentClusterState.Empty;

    internal Cluster(ExtendedActorSystem system)
    {
        (System, Transport) = (system, system.Transport);
        SelfUniqueAddress = new UniqueAddress(Transport.Address, Transport.Uid);
        SelfRoles = [.. system.Settings.Config.GetStringList("akka.cluster.roles")];
        _daemon = system.SystemActorOf(Props.Create(() => new ClusterDaemon(this)), "cluster");
        new ClusterShutdown(this, _daemon).AddTo(CoordinatedShutdown.Get(system));
        system.Cluster = this;
    }

    public UniqueAddress SelfUniqueAddress { get; }
    public Address SelfAddress => SelfUniqueAddress.Address;
    public ClusterEvent.CurrentClusterState State { get => _state; internal set => _state = value; }
    internal ImmutableHashSet<string> SelfRoles { get; }

    /// <summary>Removed before it has joined, and again in the end.</summary>
    internal Member SelfMember => State.Members.FirstOrDefault(m => m.UniqueAddress == SelfUniqueAddress)
        ?? new Member(SelfUniqueAddress, int.MaxValue, MemberStatus.Removed, SelfRoles);

    internal bool IsTerminated => Removed.Task.IsCompleted;
    internal ExtendedActorSystem System { get; }
    internal InMemoryTransport Transport { get; }

    /// <summary>Shared with the others that have joined; null until then.</summary>
    internal Membership Membership { get; set; }

    internal TaskCompletionSource<Done> Up { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    internal TaskCompletionSource<Done> Leaving { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    internal TaskCompletionSource<Done> Exiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    internal TaskCompletionSource<Done> Removed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Cluster Get(ActorSystem system) => ((ExtendedActorSystem)system).Cluster
        ?? throw new ConfigurationException($"{system} is no node of a cluster; akka.actor.provider = cluster makes it one.");

    public void Join(Address address) => JoinSeedNodes([address]);

    /// <summary>The first of the seeds forms the cluster when no other has.</summary>
    public void JoinSeedNodes(IEnumerable<Address> seedNodes) => _daemon.Tell(new ClusterDaemon.Join([.. seedNodes]), ActorRefs.NoSender);

    internal void Leave(Address address) => Membership?.Leave(this, address);

    /// <summary>As if the failure of that node were certain.</summary>
    public void Down(Address address) => Membership?.Down(this, address);

    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, to);

    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to) =>
        _daemon.Tell(new ClusterDaemon.Subscription(subscriber, initialStateMode, to), ActorRefs.NoSender);

    public void Unsubscribe(IActorRef subscriber) => _daemon.Tell(new ClusterDaemon.Unsubscription(subscriber), ActorRefs.NoSender);

    public void RegisterOnMemberUp(Action callback)
    {
        if (Up.Task.IsCompleted) callback();
        else Up.Task.ContinueWith(_ => callback(), TaskScheduler.Default);
    }

    internal void Show(ClusterEvent.CurrentClusterState state) => _daemon.Tell(new ClusterDaemon.View(state), ActorRefs.NoSender);
    internal void NoticeLinks() => _daemon.Tell(new ClusterDaemon.LinksChanged(), ActorRefs.NoSender);
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
