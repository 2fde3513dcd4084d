namespace Akka.Cluster.Sharding;

/// <summary>The regions of one node.</summary>
public class ClusterSharding
{
    internal const string Folder = "sharding";
    private readonly ConcurrentDictionary<string, Lazy<Task<IActorRef>>> _regions = new();
    private readonly ActorSystem _system;
    private readonly IActorRef _guardian;

    private ClusterSharding(ActorSystem system)
    {
        _system = system;
        _guardian = system.SystemActorOf(Props.Create(typeof(Guardian)), Folder);
    }

    public static ClusterSharding Get(ActorSystem system) => system.Extension(() => new ClusterSharding(system));

    public IActorRef ShardRegion(string typeName) => _regions.TryGetValue(typeName, out var region) && region.Value.IsCompletedSuccessfully
        ? region.Value.Result
        : throw new ArgumentException($"Shard type [{typeName}] must be started first. Started regions [{string.Join(", ", _regions.Keys)}]");

    /// <summary>A node without the role only gets a way to those that have it.</summary>
    internal Task<IActorRef> Start(string typeName, string role, Func<string, Props> entityProps, IMessageExtractor extractor, object stopMessage)
    {
        var hosts = string.IsNullOrEmpty(role) || Cluster.Get(_system).SelfRoles.Contains(role);
        var type = new ShardingType(typeName, hosts ? entityProps : null, extractor, role, stopMessage, _system.Settings.Config.GetConfig("akka.cluster.sharding"));
        return _regions.GetOrAdd(typeName, _ => new Lazy<Task<IActorRef>>(() => _guardian.Ask<IActorRef>(type))).Value;
    }

    private sealed class Guardian : ReceiveActor
    {
        public Guardian() => Receive<ShardingType>(type =>
        {
            if (type.EntityProps is not null) Context.ActorOf(Props.Create(typeof(ShardCoordinator), type), type.CoordinatorName);
            Sender.Tell(Context.ActorOf(Props.Create(typeof(ShardRegion), type), type.EntityProps is null ? $"{type.Name}Proxy" : type.Name));
        });
    }
}
