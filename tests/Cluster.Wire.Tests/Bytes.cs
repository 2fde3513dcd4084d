using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProverCluster.Messages;
using ProverCluster.Node.Wire;

namespace ProverCluster.Wire;

/// <summary>One actor system whose serializer all tests of bytes share.</summary>
public sealed class Bytes : IAsyncLifetime
{
    private readonly IHost _host;

    public Bytes()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("bytes", (akka, _) => akka.AddHocon("akka { loglevel = OFF, stdout-loglevel = OFF }", HoconAddMode.Prepend).WithWire());
        _host = builder.Build();
    }

    internal ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    internal WireSerializer Serializer => (WireSerializer)System.Serialization.FindSerializerForType(typeof(IProtocolMessage));

    public Task InitializeAsync() => _host.StartAsync();

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    internal byte[] Of(object message) => Serializer.ToBinary(message);

    internal object Read(byte[] bytes, string manifest) => Serializer.FromBinary(bytes, manifest);
}
