using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProverCluster.Messages.Json;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api;

/// <summary>What is wrong with a request, or with this node (RFC 9457). The codes are a contract: docs/http.md lists them.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">For programs, for ever.</param>
/// <param name="Title">For people, the same for every problem of that code.</param>
/// <param name="Detail">What was read, and what is wanted.</param>
internal sealed record Problem(int Status, string Code, string Title, string Detail)
{
    /// <summary>How soon another attempt makes sense, where it does.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static readonly Problem Draining = new(503, "draining", "This node takes no more work", "the node is about to leave; another one of its cluster takes goals");
    public static readonly Problem NotAMember = new(503, "not-a-member", "This node is not in a cluster", "the node is not a member of its cluster, or not any more; another one takes goals");
    public static readonly Problem TooSlow = new(408, "too-slow", "The request comes too slowly", "the rest of the request did not come in time");
    public static readonly Problem EmptyBody = new(400, "empty-body", "The request has no body", "the text of a goal is wanted");
    public static readonly Problem NoToken = new(401, "no-token", "A token is wanted", "the header Authorization is wanted, with 'Bearer' and a token in it");
    public static readonly Problem BadToken = new(401, "bad-token", "The token is nobody's", "the token is none that is known here, or is not any more");
    public static readonly Problem UnknownGoal = new(404, "unknown-goal", "There is no such goal", "no goal of that id is known, or it was forgotten");
    public static readonly Problem UnknownRoute = new(404, "unknown-route", "There is no such route", "the routes are in /openapi/v1.json");
    public static readonly Problem WrongMethod = new(405, "wrong-method", "The method is not one of this route's", "the header Allow says which are");
    public static readonly Problem IdInUse = new(409, "id-in-use", "The id is that of another goal", "a goal of that id has another text, another language or other options, or is another token's");
    public static readonly Problem UnknownActor = new(404, "unknown-actor", "There is no such actor", "no actor of that path lives on that node, or not any more");
    public static readonly Problem Alone = new(409, "alone", "The node is alone", "a node alone has no cluster that it could leave, or be put out of: end its process");
    public static readonly Problem QueueFull = new(429, "queue-full", "Too many goals are open", "as many goals are open, or as long texts are theirs, as records.most-open and records.most-open-text allow; try again later");
    public static readonly Problem Internal = new(500, "internal", "This node has failed", "a defect of the node; its log says more");

    public static Problem BadOption(string detail) => new(400, "bad-option", "An option is not what is wanted", detail);

    public static Problem BadJson(string detail) => new(400, "bad-json", "The body is not the JSON that is wanted", detail);

    public static Problem BadId(string text) => new(
        400, "bad-id", "This is no id of a goal", $"'{Excerpt.Of(text)}' is read, but 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit, are wanted");

    public static Problem BadHost(string text) => new(
        400, "bad-host", "The request is for another host", $"the header Host is '{Excerpt.Of(text)}', but localhost or an address of this machine alone is wanted, since no token is");

    public static Problem BadOrigin(string text) => new(
        403, "bad-origin", "The request is from another site", $"the header Origin is '{Excerpt.Of(text)}', but only pages of this machine may ask, since no token is wanted");

    public static Problem UnknownNode(string name) => new(
        404, "unknown-node", "There is no such node", $"'{Excerpt.Of(name)}' is no member of the cluster; /v1/cluster/members lists them, as host:port");

    public static Problem NodeSilent(string name) => new(503, "node-silent", "The node does not answer", $"'{Excerpt.Of(name)}' is a member of the cluster, but has not answered");

    public static Problem Forbidden(TokenRoles roles) => new(
        403, "forbidden", "The token's roles do not allow this", $"this wants the role {string.Join(" or ", (roles | TokenRoles.Admin).ToString().ToLowerInvariant().Split(", "))}");

    public static Problem Quota(int most) => new(
        429, "quota", "Too many goals of this token are open", string.Create(CultureInfo.InvariantCulture, $"{most} of its goals may be open at once; try again when one is settled"));

    public static Problem TooLarge(long most) => new(413, "too-large", "The body is too large", string.Create(CultureInfo.InvariantCulture, $"it may have {most} bytes (http.max-body)"));

    public static Problem UnknownLanguage(string? type) => new(
        415, "unknown-language", "The content type is none of those that are known",
        $"'{Excerpt.Of(type ?? "")}' is read, but application/smtlib2, application/tptp, application/dimacs or application/json is wanted");

    public static readonly Problem NoRoom = TooBusy("what other requests hold takes all the room that http.max-bodies gives; try again, or another node");

    /// <param name="why">In a sentence, without a secret in it.</param>
    public static Problem StoreUnavailable(string why) => new(
        503, "store-unavailable", "The store does not work now", $"{why}; nothing can be promised before it works again: try again later, or another node");

    public static Problem TooBusy(string detail) => new(503, "too-busy", "This node has too much to do", detail);

    /// <summary>As an object in JSON, on one line.</summary>
    public ReadOnlyMemory<byte> Json()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, GoalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("type", $"urn:prover-cluster:{Code}");
            json.WriteString("title", Title);
            json.WriteNumber("status", Status);
            json.WriteString("detail", Detail);
            json.WriteString("code", Code);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        if (Status is 429 or 503)
            response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        if (Status is 401)
            response.Headers.WWWAuthenticate = "Bearer";
        var body = Json();
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}

/// <summary>Ends a request with a problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem => problem;
}
