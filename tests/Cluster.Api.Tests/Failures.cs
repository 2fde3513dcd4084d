using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
        Assert.Equal("a request has failed after its answer had begun", Assert.Single(heard.Lines));
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
