using Akka.Hosting;
using Akka.Remote;

namespace Akka.Actor;

/// <summary>What a system offers to those who extend it.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    private protected ExtendedActorSystem(string name, Config config) : base(name, config) { }
    public abstract IActorRefProvider Provider { get; }

    /// <summary>Stops all actors at once, without any phase. To the other nodes it is as if the machine had lost its power.</summary>
    public abstract void Abort();
}

internal sealed class ActorSystemImpl : ExtendedActorSystem
{
    public ActorSystemImpl(string name, Config config, IEnumerable<SerializerRegistration> serializers) : base(name, config)
    {
        Serialization = new Serialization.Serialization(this, serializers);
        try
        {
            Provider = Settings.Config.GetString("akka.actor.provider") switch
            {
                "local" => new LocalActorRefProvider(this),
                "remote" or "cluster" => new RemoteActorRefProvider(this),
                var other => throw new ConfigurationException($"akka.actor.provider: '{other}' is not available; local, remote and cluster are."),
            };
        }
        catch
        {
            FinalTerminate();
            throw;
        }
    }

    public override IActorRefProvider Provider { get; }
    private InMemoryTransport Transport => (Provider as RemoteActorRefProvider)?.Memory;

    public ActorSystem Start()
    {
        Transport?.Start();
        if (Settings.Config.GetString("akka.actor.provider") == "cluster") Cluster.Cluster.Get(this);
        return this;
    }

    public override void Abort()
    {
        Transport?.Release();
        FinalTerminate();
    }

    private protected override void OnTerminated() => Transport?.Release();
}
