using Akka.Actor;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProverCluster.Messages;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Wire;

namespace ProverCluster.Wire;

/// <summary>Two actor systems joined by Akka.Remote over the loopback.</summary>
internal sealed class Two_systems : IAsyncDisposable
{
    private readonly IHost[] _hosts;

    private Two_systems(IHost[] hosts) => _hosts = hosts;

    public ActorSystem Here => System(0);

    public ActorSystem There => System(1);

    /// <param name="here">What else is in the first of them.</param>
    public static async Task<Two_systems> StartAsync(Action<AkkaConfigurationBuilder>? here = null)
    {
        IHost[] hosts = [Build(here ?? (_ => { })), Build(_ => { })];
        await Task.WhenAll(hosts.Select(host => host.StartAsync()));
        return new Two_systems(hosts);
    }

    public static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    public static WireSerializer Wire(ActorSystem system) => (WireSerializer)system.Serialization.FindSerializerForType(typeof(IProtocolMessage));

    /// <summary>An actor of one system as the other one sees it.</summary>
    public static IActorRef Seen(ActorSystem from, IActorRef actor, ActorSystem home) => NodeNames.Find(from, AddressOf(home), actor.Path.Name);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_hosts.Select(host => host.StopAsync()));
        foreach (var host in _hosts)
            host.Dispose();
    }

    private static IHost Build(Action<AkkaConfigurationBuilder> more)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("prover-cluster", (akka, _) => more(akka
            .AddHocon("akka { loglevel = OFF, stdout-loglevel = OFF, coordinated-shutdown.exit-clr = off }", HoconAddMode.Prepend)
            .WithRemoting("127.0.0.1", 0)
            .WithWire()));
        return builder.Build();
    }

    private ActorSystem System(int index) => _hosts[index].Services.GetRequiredService<ActorSystem>();
}
