using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProverCluster.Api.Access;
using ProverCluster.Api.Gates;
using ProverCluster.Api.Routes;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Api;

/// <summary>Composes the HTTP interface: the server and its limits, what every request passes, and the routes.</summary>
internal static class ApiHosting
{
    /// <summary>How long requests that are being answered have when the server stops; those that wait are told so before.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    /// <summary>An empty builder: nothing is read from the environment, and nothing is logged but by us.</summary>
    /// <param name="settings">The node's.</param>
    /// <param name="server">The server's own, with its certificate; null for none, and no TLS.</param>
    public static WebApplicationBuilder CreateBuilder(HttpSettings settings, IConfiguration? server = null)
    {
        // A certificate is looked for from the folder of the file that names it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = Path.GetDirectoryName(settings.Kestrel) });
        builder.Services.AddRoutingCore().AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopPatience);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, settings, server));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = Listen);
        if (server is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        return builder;
    }

    public static void UseApi(this WebApplication app, ApiTools tools, NodeLog log)
    {
        var problems = new ProblemMiddleware(tools.Settings.Http.MaxBodyBytes, log);
        var gate = new RequestGate(tools.Settings.Http.MaxRequests, tools.Streams);
        var tokens = new TokenGate(tools.Tokens);
        app.Use(next => context =>
        {
            // What a goal says is in many answers: no browser is to take one for something else than we say it is.
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return problems.InvokeAsync(context, next);
        });
        if (tools.Tokens is null && !tools.Settings.Http.IsInsecure)
            app.Use(next => context => LocalGate.InvokeAsync(context, next));
        app.Use(next => context => tokens.InvokeAsync(context, next));
        app.Use(next => context => gate.InvokeAsync(context, next));
        app.MapApi(tools);
    }

    public static void MapApi(this IEndpointRouteBuilder routes, ApiTools tools)
    {
        var writer = new GoalWriter(tools);
        var events = new EventRoutes(tools, writer);
        new GoalRoutes(tools, writer, events).Map(routes);
        events.Map(routes);
        new BatchRoutes(tools, writer).Map(routes);
        new BackendRoutes(tools).Map(routes);
        new CacheRoutes(tools).Map(routes);
        new ClusterRoutes(tools).Map(routes);
        new InspectionRoutes(tools).Map(routes);
        new HealthRoutes(tools).Map(routes);
        new MetricsRoutes(tools).Map(routes);
        DescriptionRoutes.Map(routes);
        PageRoutes.Map(routes);
    }

    private static void Configure(KestrelServerOptions kestrel, HttpSettings settings, IConfiguration? server)
    {
        kestrel.AddServerHeader = false;
        // Bodies are bounded where they are read: the server itself would cut the connection before its client has read why.
        kestrel.Limits.MaxRequestBodySize = null;
        // As is their pace.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MaxRequestHeadersTotalSize = settings.MaxHeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = settings.HeaderTimeout;
        kestrel.Limits.KeepAliveTimeout = settings.IdleTimeout;
        kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
        // Not read again when the file changes: it could say where else to listen, and a certificate is not taken over for an address that is not in it.
        if (server is not null)
            kestrel.Configure(server, reloadOnChange: false);
        kestrel.Listen(IPAddress.Parse(settings.Host), settings.Port ?? 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (server is not null)
                listen.UseHttps();
        });
    }

    /// <summary>A client whose machine is gone without a word is asked for after this many seconds of silence, three times, so many apart: its interest ends with its connection.</summary>
    private const int SilenceSeconds = 15, ApartSeconds = 5, Times = 3;

    private static Socket Listen(EndPoint place)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(place);
        // What is accepted has what it has.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, SilenceSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ApartSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Times);
        return socket;
    }
}
