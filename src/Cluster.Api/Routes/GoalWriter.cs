using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using ProverCluster.Api.Gates;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Api.Routes;

/// <summary>
/// Writes goals with their winners' outputs. A long one takes room until its reader has it all, and goes out in pieces, each when the one before has been taken: a
/// slow reader costs the text and little more.
/// </summary>
internal sealed class GoalWriter(ApiTools tools)
{
    /// <summary>A letter in memory has two bytes, where an output mostly has one; a propositional model is written anew, which takes three times as much.</summary>
    private const int BytesHeld = 2, BytesHeldOfModel = 6;

    /// <summary>In bytes a second: as fast as a body has to come, and for the same reason.</summary>
    private static readonly MinDataRate Pace = new(bytesPerSecond: (16 << 10) / 5.0, gracePeriod: TimeSpan.FromSeconds(5));

    private static readonly ProverOutput NoRoom = new ProverOutput.Missing("there was no room for it (http.max-bodies): ask for the goal by its id");

    /// <summary>Answers a request with a goal.</summary>
    /// <exception cref="ProblemException">There is no room for its output.</exception>
    public async Task AnswerAsync(HttpContext context, int status, RecordView view)
    {
        if (view.Answer?.Output is not ProverOutput.Kept)
        {
            await context.Response.WriteAsync(status, json => json.WriteGoal(view));
            return;
        }

        using var held = TryHold(view)
            ?? throw new ProblemException(Problem.TooBusy("what other requests hold leaves no room for the goal's output (http.max-bodies); try again, or another node"));
        Hurry(context);
        var whole = await tools.Records.BringOutputAsync(view, context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await WriteAsync(context.Response.BodyWriter, whole, context.RequestAborted);
    }

    /// <summary>A goal within an answer, where it is too late to refuse: without room for its output the verdict stands without it.</summary>
    public async Task WriteAsync(HttpResponse response, RecordView view, CancellationToken cancellation)
    {
        using var held = TryHold(view);
        Hurry(response.HttpContext);
        var whole = held is null ? view with { Answer = view.Answer! with { Output = NoRoom } } : await tools.Records.BringOutputAsync(view, cancellation);
        await WriteAsync(response.BodyWriter, whole, cancellation);
    }

    private static async Task WriteAsync(PipeWriter body, RecordView view, CancellationToken cancellation)
    {
        using (var json = new Utf8JsonWriter(body, GoalJson.Options))
        {
            foreach (var _ in json.WriteInPieces(view))
            {
                json.Flush();
                await body.FlushAsync(cancellation);
            }
        }

        await body.FlushAsync(cancellation);
    }

    private static void Hurry(HttpContext context)
    {
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = Pace;
    }

    private Room.Lease? TryHold(RecordView view)
    {
        var bytes = view.Answer?.Output is ProverOutput.Kept kept ? kept.Text.Bytes : 0;
        return tools.Bodies.TryTake(bytes * (view.What.Language == GoalLanguage.Dimacs ? BytesHeldOfModel : BytesHeld));
    }
}
