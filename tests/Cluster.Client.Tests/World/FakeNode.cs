using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProverCluster.Client.Tests.World;

/// <summary>One node of the fake cluster, on a port of its own. It answers for the cluster, unless the test has something else in mind for the next request of a kind.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Func<Task>, Task>>> _instead = new();
    private readonly ConcurrentDictionary<HttpContext, bool> _open = new();

    private FakeNode(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    public ConcurrentQueue<Request> Requests { get; } = new();

    public static async Task<FakeNode> StartAsync(FakeCluster cluster)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var node = new FakeNode(app);
        app.Run(context => node.HandleAsync(context, cluster));
        await app.StartAsync();
        node.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return node;
    }

    /// <summary>"POST", "DELETE", "GET" or "EVENTS"; what is given may go on with the usual answer.</summary>
    public void Next(string kind, Func<HttpContext, Func<Task>, Task> instead) => _instead.GetOrAdd(kind, _ => new()).Enqueue(instead);

    public void Next(string kind, int status, string code, params (string Name, string Value)[] headers) => Next(kind, (context, _) =>
    {
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return FakeCluster.ProblemAsync(context, status, code, "so the test says");
    });

    /// <summary>Every open connection is cut, as by a network that is gone.</summary>
    public void Cut()
    {
        foreach (var context in _open.Keys) context.Abort();
    }

    /// <summary>Nobody listens any more.</summary>
    public async Task KillAsync()
    {
        try
        {
            // Nobody listens from here on, and connections are cut: the token says not to wait for requests.
            await _app.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // As asked for.
        }

        Cut();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context, FakeCluster cluster)
    {
        _open[context] = true;
        try
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            var kind = context.Request.Path.Value!.EndsWith("/events") ? "EVENTS" : context.Request.Method;
            Requests.Enqueue(new Request(
                kind, context.Request.Path + context.Request.QueryString, context.Request.ContentType, context.Request.Headers["Last-Event-ID"].FirstOrDefault(),
                context.Request.Headers.Authorization.FirstOrDefault(), body));
            Task Usual() => cluster.AnswerAsync(context, body);
            if (_instead.TryGetValue(kind, out var queue) && queue.TryDequeue(out var instead)) await instead(context, Usual);
            else await Usual();
        }
        catch (OperationCanceledException)
        {
            // The connection is gone.
        }
        finally
        {
            _open.TryRemove(context, out _);
        }
    }
}

/// <summary>What a node was asked.</summary>
internal sealed record Request(string Kind, string Route, string? ContentType, string? LastEventId, string? Authorization, string Body);
