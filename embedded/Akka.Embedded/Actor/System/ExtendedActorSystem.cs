using Akka.Hosting;
using Akka.Remote;

namespace Akka.Actor;

/// <summary>What a system offers to those who extend it.</summary>
public class ExtendedActorSystem : ActorSystem
{
    internal ExtendedActorSystem(string name, Config config, IEnumerable<SerializerRegistration> serializers) : base(name, config)
    {
        Serialization = new Serialization.Serialization(this, serializers);
        try
        {
            var kind = Settings.Config.GetString("akka.actor.provider");
            if (kind is not ("local" or "remote" or "cluster"))
                throw new ConfigurationException($"akka.actor.provider: '{kind}' is not available; local, remote and cluster are.");
            Transport = kind == "local" ? null : new InMemoryTransport(this);
            Provider = new ActorRefProvider(this, Transport);
            Transport?.Start();
            if (kind == "cluster") _ = new Cluster.Cluster(this);
        }
        catch
        {
            FinalTerminate();
            throw;
        }
    }

    public IActorRefProvider Provider { get; }

    /// <summary>Null in a system that knows no other.</summary>
    internal InMemoryTransport Transport { get; }

    /// <summary>Null in a system that is no node of a cluster.</summary>
    internal Cluster.Cluster Cluster { get; set; }

    /// <summary>Stops all actors at once, without any phase. To the other nodes it is as if the machine had lost its power.</summary>
    public void Abort()
    {
        Transport?.Release();
        FinalTerminate();
    }

    /// <summary>What other systems call an actor of this one, or of another.</summary>
    internal ActorPath PathAbroad(IActorRef actor) => actor.Path.Address.Host is not null
        ? actor.Path
        : actor.Path.At(((ExtendedActorSystem)actor.Itself.System ?? this).Provider.DefaultAddress);

    private protected override void OnTerminated() => Transport?.Release();
}
