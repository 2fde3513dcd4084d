using Akka.Event;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProverCluster.Api.Gates;
using ProverCluster.Api.Routes;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api;

/// <summary>Composes the HTTP interface: the server and its limits, what every request passes, and the routes.</summary>
internal static class ApiHosting
{
    /// <summary>How long requests that are being answered have when the server stops; those that wait are told so before.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    /// <summary>An empty builder: nothing is read from the environment, and nothing is logged but by us.</summary>
    public static WebApplicationBuilder CreateBuilder(HttpSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore().AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopPatience);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, settings));
        return builder;
    }

    public static void UseApi(this WebApplication app, ApiTools tools, ILoggingAdapter log)
    {
        var problems = new ProblemMiddleware(tools.Settings.Http.MaxBodyBytes, log);
        var gate = new RequestGate(tools.Settings.Http.MaxRequests);
        app.Use(next => context => problems.InvokeAsync(context, next));
        app.Use(next => context => gate.InvokeAsync(context, next));
        app.MapApi(tools);
    }

    public static void MapApi(this IEndpointRouteBuilder routes, ApiTools tools)
    {
        var events = new EventRoutes(tools);
        new GoalRoutes(tools, events).Map(routes);
        events.Map(routes);
        new BatchRoutes(tools).Map(routes);
        new BackendRoutes(tools).Map(routes);
        new HealthRoutes(tools).Map(routes);
        DescriptionRoutes.Map(routes);
    }

    private static void Configure(KestrelServerOptions kestrel, HttpSettings settings)
    {
        kestrel.AddServerHeader = false;
        // Bodies are bounded where they are read: the server itself would cut the connection before its client has read why.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestHeadersTotalSize = settings.MaxHeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = settings.HeaderTimeout;
        kestrel.Limits.KeepAliveTimeout = settings.HeaderTimeout + KeepAlive;
        kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
        kestrel.Listen(System.Net.IPAddress.Parse(settings.Host), settings.Port ?? 0, listen => listen.Protocols = HttpProtocols.Http1);
    }

    /// <summary>How much longer than it may take for its headers a connection may rest between two requests.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(2);
}
