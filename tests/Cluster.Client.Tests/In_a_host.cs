using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Client.Tests.World;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests;

public sealed class In_a_host
{
    [Fact]
    public async Task A_host_has_one_client_and_disposes_it()
    {
        await using var world = await ClientWorld.StartAsync();
        IProverClient prover;
        await using (var services = new ServiceCollection().AddProverClient(world.Nodes[0].Address).BuildServiceProvider())
        {
            prover = services.GetRequiredService<IProverClient>();
            Assert.Same(prover, services.GetRequiredService<IProverClient>());
            Assert.Equal(Verdict.Proved, (await prover.ProveAsync(ClientWorld.Goal)).Verdict);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => prover.BackendsAsync());
    }

    [Fact]
    public async Task Options_can_come_from_what_the_host_knows()
    {
        await using var world = await ClientWorld.StartAsync();
        await using var services = new ServiceCollection().AddSingleton("t0ken")
            .AddProverClient(provider => new ProverClientOptions { Endpoints = [world.Nodes[0].Address], Token = provider.GetRequiredService<string>() })
            .BuildServiceProvider();
        await services.GetRequiredService<IProverClient>().BackendsAsync();
        Assert.Equal("Bearer t0ken", world.Nodes[0].Requests.Single().Authorization);
    }

    [Fact]
    public void A_wrong_address_stops_the_start() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddProverClient("nowhere"));
}
