using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Api;

/// <summary>What fails when its answer has begun can tell its client nothing, so it is said in the log.</summary>
public sealed class Failures(AloneFixture alone) : IClassFixture<AloneFixture>
{
    [Fact]
    public async Task A_failure_after_the_answer_has_begun_is_said_in_the_log_and_a_client_that_has_gone_is_not()
    {
        var heard = new Heard(alone.Node);
        var problems = new ProblemMiddleware(1, NodeLog.Of(alone.Node.Node.System));
        Exception[] failures =
        [
            new IOException("broken pipe"), new ConnectionResetException("reset"), new BadHttpRequestException("a chunk is none"), new OperationCanceledException(),
            new InvalidOperationException("a defect"),
        ];
        foreach (var failure in failures)
        {
            var context = Begun();
            await problems.InvokeAsync(context, _ => Task.FromException(failure));
            Assert.True(context.RequestAborted.IsCancellationRequested, failure.Message);
        }

        await Eventually.True(() => heard.Lines.Count > 0, "it is said");
        Assert.Equal("a request has failed after its answer had begun: it has no route", Assert.Single(heard.Lines));
    }

    [Fact]
    public async Task What_is_said_of_a_failure_has_the_route_and_the_goal_and_nothing_else_that_the_client_wrote()
    {
        var heard = new Heard(alone.Node);
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = "/v1/goals/g1", QueryString = new QueryString("?name=secret") } };
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/v1/goals/{id}"), 0, null, null));
        context.Request.RouteValues["id"] = "g1";
        await new ProblemMiddleware(1, NodeLog.Of(alone.Node.Node.System)).InvokeAsync(context, _ => throw new InvalidOperationException("a defect"));

        await Eventually.True(() => heard.Told.Count > 0, "it is said");
        var line = Assert.IsType<LogLine>(Assert.Single(heard.Told));
        Assert.Equal(("a request has failed: GET /v1/goals/{id}", "g1", 4002), (line.Text, line.Goal?.Value, line.Id));
    }

    private static DefaultHttpContext Begun()
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(new BegunResponse());
        context.Features.Set<IHttpRequestLifetimeFeature>(new Lifetime());
        return context;
    }

    private sealed class BegunResponse : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        private readonly CancellationTokenSource _aborted = new();

        public CancellationToken RequestAborted
        {
            get => _aborted.Token;
            set => throw new NotSupportedException();
        }

        public void Abort() => _aborted.Cancel();
    }
}
