using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
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
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();

    private FakeNode(Func<FakeNode, WebApplication> build) => _app = build(this);

    public string Address { get; private set; } = "";

    public ConcurrentQueue<Request> Requests { get; } = new();

    public static async Task<FakeNode> StartAsync(FakeCluster cluster)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var node = new FakeNode(self =>
        {
            builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listening => listening.Use(self.ConnectedAsync)));
            return builder.Build();
        });
        node._app.Run(context => node.HandleAsync(context, cluster));
        await node._app.StartAsync();
        node.Address = node._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
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
        foreach (var connection in _open.Keys) connection.Abort();
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

    private async Task ConnectedAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        _open[connection] = true;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }

    private async Task HandleAsync(HttpContext context, FakeCluster cluster)
    {
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
    }
}

/// <summary>What a node was asked.</summary>
internal sealed partial record Request(string Kind, string RouteInFull, string? ContentType, string? LastEventId, string? Authorization, string Body)
{
    /// <summary>Without what the client calls its interest, which is another name each time.</summary>
    public string Route => InterestOption().Replace(RouteInFull, "");

    public string Interest => InterestOption().Match(RouteInFull).Groups[1].Value;

    [GeneratedRegex("[?&]interest=([a-z0-9]+)")]
    private static partial Regex InterestOption();
}
