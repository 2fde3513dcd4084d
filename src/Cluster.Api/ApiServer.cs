using Akka;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Api.Access;
using ProverCluster.Api.Gates;
using ProverCluster.Api.Submissions;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;

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

    /// <summary>For whoever has not asked before who may come in.</summary>
    public static Task<ApiServer> StartAsync(ProverNode node, NodeSettings settings, CancellationToken cancellation) =>
        StartAsync(node, settings, HttpAccess.Read(settings.Http), cancellation);

    /// <param name="node">The node that it belongs to; its end in order is this one's.</param>
    /// <param name="settings">The node's.</param>
    /// <param name="access">Who may come in, by these settings.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="SettingsException">The port cannot be had, or the certificate not be used.</exception>
    public static async Task<ApiServer> StartAsync(ProverNode node, NodeSettings settings, HttpAccess access, CancellationToken cancellation)
    {
        var tools = ToolsOf(node, settings, access);
        WebApplication? app = null;
        try
        {
            app = ApiHosting.CreateBuilder(settings.Http, access.Kestrel).Build();
            app.UseApi(tools, NodeLog.Of(node.System));
            await app.StartAsync(cancellation);
        }
        catch (Exception e)
        {
            tools.Tokens?.Dispose();
            if (app is not null)
                await app.DisposeAsync();
            if (StartFaults.Sentence(e, settings.Http) is { } sentence)
                throw new SettingsException(sentence);
            throw;
        }

        var server = new ApiServer(app, tools);
        server.JoinShutdown(CoordinatedShutdown.Get(node.System));
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        Tools.Tokens?.Dispose();
    }

    private static ApiTools ToolsOf(ProverNode node, NodeSettings settings, HttpAccess access) => new(
        node.Records,
        new Submitter(node.Records),
        access.Open(node.Services.GetRequiredService<TimeProvider>(), NodeLog.Of(node.System)),
        settings,
        node.Services.GetRequiredService<BackendCatalogue>(),
        node.Services.GetRequiredService<NodeBoard>(),
        node.Services.GetService<IVerdictCache>() ?? (node.Address.Length == 0 ? new NoVerdicts() : null),
        node.Inspection,
        node.Services.GetRequiredService<MetricsReading>(),
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
