using Akka;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Api.Gates;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Api;

/// <summary>Answers over HTTP for the cluster that its node is in, from before the node is a member until after it has drained.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiServer(WebApplication app, ApiTools tools)
    {
        (_app, Tools) = (app, tools);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    internal ApiTools Tools { get; }

    /// <param name="node">The node that it belongs to; its end in order is this one's.</param>
    /// <param name="settings">The node's.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="SettingsException">The port cannot be had.</exception>
    public static async Task<ApiServer> StartAsync(ProverNode node, NodeSettings settings, CancellationToken cancellation)
    {
        var tools = ToolsOf(node, settings);
        var app = ApiHosting.CreateBuilder(settings.Http).Build();
        app.UseApi(tools, node.System.Log);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            await app.DisposeAsync();
            var why = Excerpt.Of(e.InnerException?.Message ?? e.Message);
            throw new SettingsException($"cannot answer on {settings.Http.Host}:{settings.Http.Port}: {why}; choose another port with --http");
        }

        var server = new ApiServer(app, tools);
        server.JoinShutdown(CoordinatedShutdown.Get(node.System));
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
    }

    private static ApiTools ToolsOf(ProverNode node, NodeSettings settings) => new(
        node.Records,
        settings,
        node.Services.GetRequiredService<BackendCatalogue>(),
        node.Services.GetRequiredService<NodeBoard>(),
        new Readiness(node),
        new Room(settings.Http.MaxBodiesBytes),
        new Room(settings.Http.MaxStreams));

    /// <summary>Goals are refused as soon as the node drains; what waits has the time that the drain takes.</summary>
    private void JoinShutdown(CoordinatedShutdown shutdown)
    {
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "http-drain", () =>
        {
            Tools.Readiness.Drain();
            return Task.FromResult(Done.Instance);
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "http-stop", async () =>
        {
            await StopAsync();
            return Done.Instance;
        });
    }

    private Task StopAsync()
    {
        Tools.Readiness.Stop();
        return _app.StopAsync();
    }
}
