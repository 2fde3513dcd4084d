using Microsoft.AspNetCore.Http;
using ProverCluster.Api.Gates;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Submissions;

/// <summary>From a request to a submission: the body within its bounds, the options from the query or from JSON.</summary>
internal sealed class SubmissionReader(ApiTools tools)
{
    /// <summary>What is in the query alone, since it is not about the goal.</summary>
    public static readonly string[] OfTheQuery = ["wait", "age", InterestName.Option];

    private static readonly Choice<WaitsFor> Waiting = new(("true", WaitsFor.Answer), ("false", WaitsFor.Acceptance), ("events", WaitsFor.Events));
    private static readonly DurationRange Age = new("0ms", "7d");

    /// <summary>The goal, and how it is submitted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="held">What the body takes, for as long as it is held.</param>
    /// <param name="cancellation">Gives up reading.</param>
    public async Task<(Submission Submission, SubmissionWay How)> ReadAsync(HttpRequest request, Room.Lease held, CancellationToken cancellation)
    {
        var language = Submission.LanguageOf(request.ContentType);
        if (request.Headers.ContentEncoding is [{ Length: > 0 } encoding, ..] && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(Problem.UnknownLanguage($"{request.ContentType} in {encoding}"));
        var options = new SubmissionOptions(tools.Catalogue);
        var how = ReadQuery(request.Query, options, isRaw: language is not null);
        var body = await ReadBodyAsync(request, held, cancellation);
        if (body.IsEmpty)
            throw new ProblemException(Problem.EmptyBody);
        var submission = language is { } raw ? Submission.Of(options, raw, body, tools.Settings) : Submission.OfJson(body, options, tools);
        return (submission, how);
    }

    /// <summary>With JSON the options are in it, and not in the query, but for the id, which may be in either.</summary>
    private static SubmissionWay ReadQuery(IQueryCollection query, SubmissionOptions options, bool isRaw)
    {
        var how = new SubmissionWay(WaitsFor.Acceptance, TimeSpan.Zero, "");
        string[] known = isRaw ? [.. SubmissionOptions.Names, "backends", "label", .. OfTheQuery] : ["id", .. OfTheQuery];
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name))
                throw SubmissionOptions.Unknown(name, known);
            if (name != "label" && values.Count > 1)
                throw SubmissionOptions.Bad($"{name} is said twice");
            var first = values[0] ?? "";
            if (name == "wait")
                how = how with { WaitsFor = SubmissionOptions.Read(name, Waiting, first) };
            else if (name == "age")
                how = how with { Age = SubmissionOptions.Read(name, Age, first) };
            else if (name == InterestName.Option)
                how = how with { Interest = InterestName.Read(first) };
            else if (name == "backends")
                options.SetBackends(first.Split(',', StringSplitOptions.TrimEntries));
            else if (name == "label")
                Labels.Read(values, options.AddLabel);
            else
                options.Set(name, first);
        }

        return how.Interest == "" || how.WaitsFor == WaitsFor.Events
            ? how
            : throw SubmissionOptions.Bad($"{InterestName.Option} is the name of a connection with wait=events, and this is none");
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request, Room.Lease held, CancellationToken cancellation)
    {
        var most = tools.Settings.Http.MaxBodyBytes;
        if (request.ContentLength > most)
            throw new ProblemException(Problem.TooLarge(most));
        var bytes = new GrowingBytes(held, most);
        using var pace = new Pace(cancellation);
        pace.Begin();
        while (true)
        {
            var read = await pace.ReadAsync(request.BodyReader);
            pace.Came(read.Buffer.Length);
            try
            {
                bytes.Append(read.Buffer, isAll: read.IsCompleted);
            }
            finally
            {
                // In any case: the server could not read on otherwise.
                request.BodyReader.AdvanceTo(read.Buffer.End);
            }

            if (read.IsCompleted)
                return bytes.Written;
        }
    }
}
