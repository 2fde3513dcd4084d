using Akka;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Records;

internal static class RecordHosting
{
    /// <summary>The type name of the sharded records.</summary>
    public const string Region = "records";

    /// <summary>Never changed while a cluster lives. As many as coordinators have, so that they are spread as evenly.</summary>
    public const int Shards = GoalHosting.Shards;

    /// <summary>How long a record that is not found may be on its way from another node.</summary>
    private static readonly TimeSpan AdoptPatience = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a node that leaves waits until its records are taken. Less than the phase cluster-leave may take.</summary>
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(4);

    /// <summary>How often it looks whether there still is somebody to take them.</summary>
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>Records under a plain local parent, registered as <see cref="GoalRecordActor"/>.</summary>
    public static AkkaConfigurationBuilder WithLocalRecords(this AkkaConfigurationBuilder builder, IServiceProvider services, RecordSettings settings) => builder
        .WithIndex(settings)
        .WithActors((system, registry) =>
            registry.Register<GoalRecordActor>(system.ActorOf(RecordsActor.Props(Tools(services, settings, "")), Region)));

    /// <summary>Records sharded over the coordinators' nodes; on other nodes, the way to them. Registered as <see cref="GoalRecordActor"/>.</summary>
    public static AkkaConfigurationBuilder WithShardedRecords(
        this AkkaConfigurationBuilder builder, IServiceProvider services, RecordSettings settings, bool hasRole)
    {
        if (!hasRole)
            return builder.WithShardRegionProxy<GoalRecordActor>(Region, NodeRoles.Coordinator, new RecordExtractor());

        var moves = new RecordMoves();
        var tools = new Lazy<RecordTools>(() =>
        {
            var system = services.GetRequiredService<ActorSystem>();
            var cluster = Akka.Cluster.Cluster.Get(system);
            return Tools(services, settings, cluster.SelfAddress.ToString()) with
            {
                AdoptPatience = AdoptPatience,
                CanBeTaken = () => IsStaying(system) || HasAnother(cluster),
                OtherIndexes = () => Indexes(system, cluster.SelfAddress),
                Moves = moves,
            };
        });
        return builder.WithIndex(settings).WithLeaveWait(moves).WithShardRegion<GoalRecordActor>(Region, _ => GoalRecordActor.Props(tools.Value), new RecordExtractor(), new ShardOptions
        {
            Role = NodeRoles.Coordinator,
            StateStoreMode = StateStoreMode.DData,
            // What is not settled is found in the store, if there is one; else its client submits the goal again.
            RememberEntities = false,
            // A settled goal's record is kept although nobody asks for it; it stops by itself.
            ShouldPassivateIdleEntities = false,
            HandOffStopMessage = MoveRecord.Elsewhere,
        });
    }

    /// <summary>A shard that was to go to a node which has left meanwhile comes back.</summary>
    private static bool IsStaying(ActorSystem system) => CoordinatedShutdown.Get(system).ShutdownReason is null;

    private static bool HasAnother(Akka.Cluster.Cluster cluster) => cluster.State.Members.Any(member =>
        member.Status == Akka.Cluster.MemberStatus.Up && member.HasRole(NodeRoles.Coordinator) && !member.UniqueAddress.Equals(cluster.SelfUniqueAddress));

    /// <summary>The lists of records of all coordinators' nodes in reach.</summary>
    /// <param name="system">A node's.</param>
    /// <param name="except">An address that is left out.</param>
    public static IReadOnlyList<IActorRef> Indexes(ActorSystem system, Address? except = null)
    {
        var state = Akka.Cluster.Cluster.Get(system).State;
        return
        [
            .. state.Members.Except(state.Unreachable)
                .Where(member => member.Status == Akka.Cluster.MemberStatus.Up && member.HasRole(NodeRoles.Coordinator) && !member.Address.Equals(except))
                .Select(member => NodeNames.Find(system, member.Address, RecordIndexActor.Name)),
        ];
    }

    /// <summary>A node that leaves stays until its records are taken, if anybody is there to take them.</summary>
    private static AkkaConfigurationBuilder WithLeaveWait(this AkkaConfigurationBuilder builder, RecordMoves moves) => builder.WithActors((system, _) =>
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseClusterLeave, "records", async () =>
        {
            var (cluster, taken) = (Akka.Cluster.Cluster.Get(system), moves.NoneMovingAsync());
            for (var waited = TimeSpan.Zero; !taken.IsCompleted && waited < LeavePatience && HasAnother(cluster); waited += LookPeriod)
                await Task.WhenAny(taken, Task.Delay(LookPeriod));
            return Done.Instance;
        }));

    private static AkkaConfigurationBuilder WithIndex(this AkkaConfigurationBuilder builder, RecordSettings settings) =>
        builder.WithActors((system, registry) =>
            registry.Register<RecordIndexActor>(system.ActorOf(RecordIndexActor.Props(settings.KeepMost, () => registry.Get<GoalRecordActor>()), RecordIndexActor.Name)));

    private static RecordTools Tools(IServiceProvider services, RecordSettings settings, string source)
    {
        var registry = services.GetRequiredService<IReadOnlyActorRegistry>();
        return new RecordTools(
            () => registry.Get<GoalRecordActor>(),
            props => services.GetRequiredService<ActorSystem>().ActorOf(props),
            registry.Get<GoalCoordinatorActor>(),
            registry.Get<FlightActor>(),
            source,
            registry.Get<TextsActor>(),
            services.GetRequiredService<TextStore>(),
            services.GetRequiredService<IGoalStore>(),
            services.GetRequiredService<OutputShelf>(),
            registry.Get<RecordIndexActor>(),
            settings,
            new OpenRecords(settings.MostOpen, settings.MostOpenTextBytes),
            services.GetRequiredService<TimeProvider>())
        {
            Metrics = services.GetRequiredService<NodeMetrics>(),
        };
    }

    /// <summary>Which shard and which record a message is for.</summary>
    private sealed class RecordExtractor() : HashCodeMessageExtractor(Shards)
    {
        public override string? EntityId(object message) => (message as IRecordMessage)?.Goal.Value;
    }
}
