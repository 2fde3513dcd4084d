using System.Text;

namespace ProverCluster.Api.Fuzz;

/// <summary>Valid requests, changed here and there until no client of ours would send them. The same number of the same seed is always the same request.</summary>
internal sealed class RequestMaker(int seed)
{
    private const string Smt = "(declare-const p Bool)\n(assert (and p (not p)))\n(check-sat)\n";
    private const string Cnf = "c play: say unsat\np cnf 2 2\n1 -2 0\n2 0\n";
    private const string Fof = "fof(a, axiom, p).\nfof(c, conjecture, p).\n";

    private static readonly string[] Options =
    [
        "wait=true", "wait=events", "wait=false", "age=3s", "interest=i", "timeout=10s", "timeout=10ms", "run-timeout=1s", "memory=1GiB", "strategy=best-of", "strategy=sequential", "priority=3",
        "backends=puppet", "backends=z3,cvc5", "label=a=b", "label=a=", "show-output=true", "name=n", "id=f1", "id=f2", "state=open", "limit=5", "after=1.f1",
    ];

    private static readonly string[] Odd =
    [
        "", "%00", "%2F", "%2e%2e", "..", "/", "//", "?", "&", "=", "#", "%", "%zz", "%C3%28", "%ff", "%c0%af", "%ed%a0%80", "é", "\0", " ", "\t", "\r\n", "\n", "\r", "'", "\"", "<", ">", "{", "}", "[", "\\", ";", ",", "*",
        "-1", "0", "1e9", "99999999999999999999", "true", "null", "NaN", "f1", "f1/events", ":batch", "http://x/", "\u00ff", "\u0080", "id=", "wait=true", "age=7d", "1.5h", new string('a', 70), new string('b', 5000), new string('/', 300),
    ];

    private static readonly string[] InJson =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0000", "\\ud800", "\\u", "null", "true", "1e999", "-0", "{}", "[[[[[[[[[", "\"text\":\"x\",", "\"labels\":{\"a\":1},", "\"labels\":{\"a\":{\"b\":{}}},",
        "\"id\":\"f3\",", "\"timeout\":\"1s\",", "\"backends\":[\"puppet\",1],", "\"backends\":[],", "\"priority\":1e3,", "\"wait\":true,", "/* */", "\ufeff", "\n", "\0", "é", "\ud83d\ude42",
    ];

    private static readonly string[] Types =
    [
        "application/json", "application/smtlib2", "application/tptp", "application/dimacs", "application/x-ndjson", "text/plain", "APPLICATION/JSON", "application/json; charset=utf-8", "application/json;charset=utf-7",
        "application/", "/", "", ";", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/dimacs, application/json",
    ];

    /// <summary>Ids that are none, or no UTF-8 at all.</summary>
    private static readonly string[] OddIds = ["%ff", "f%ff1", "%C3", "%c0%af", "%ed%a0%80", "%00", "f%2F1", "%20", "\u00ff", "-f", "."];

    private static readonly string[] Hosts = ["x", "evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:99999", "[::1]:80", "LOCALHOST", "localhost.", "localhost:", "0.0.0.0", "%ff", "a/b", "localhost,x", ""];

    private static readonly string[] Methods = ["GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "P\0ST", "", "GET GET", "VERYLONGMETHODNAMEVERYLONGMETHODNAME", "PRI"];

    private static readonly (string Name, string Value)[] OddHeaders =
    [
        ("Content-Encoding", "gzip"), ("Content-Encoding", "identity"), ("Expect", "100-continue"), ("Expect", "x"), ("Last-Event-ID", "2"), ("Last-Event-ID", "-1"), ("Last-Event-ID", "99999999999"),
        ("Accept", "text/event-stream"), ("Accept", "*/*;q=x"), ("Connection", "keep-alive"), ("Connection", "upgrade"), ("Upgrade", "h2c"), ("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA"),
        ("Authorization", "Bearer x"), ("Authorization", ""), ("Host", ""), ("Host", "a b"), ("Host", "[::1"), ("Content-Length", "3"), ("Transfer-Encoding", "chunked"), ("X", ""), ("X Y", "z"), ("", "z"), ("Cookie", "a=b"),
        ("X", new string('x', 40_000)), ("Range", "bytes=0-1"), ("If-None-Match", "*"), ("X-Forwarded-For", "1.2.3.4"), ("\u00e9", "z"), ("X", "\u00ff\0"),
    ];

    public byte[] Make(int number)
    {
        var random = new Random(unchecked((seed * 486_187_739) + number));
        var draft = Valid(random);
        for (var changes = random.Next(4); changes > 0; changes--)
            Change(draft, random);
        var bytes = draft.Bytes(random);
        return random.Next(4) == 0 ? Mangle(bytes, random) : bytes;
    }

    private static RequestDraft Valid(Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                return Get($"/v1/goals?{Query(random)}");
            case 1:
                return Get($"/v1/goals/{Id(random)}");
            case 2:
                return Get($"/v1/goals/{Id(random)}/events");
            case 3:
                return Get(random.Pick("/v1/backends", "/health/live", "/health/ready", "/openapi/v1.json", "/", "/v2/goals"));
            case 4:
                return new RequestDraft { Method = "DELETE", Target = $"/v1/goals/{Id(random)}" };
            case 5:
                return Post("/v1/goals:batch", "application/x-ndjson", $"{Json(random)}\n{Json(random)}\n");
            case 6 or 7:
                return Post($"/v1/goals?{random.Pick("", "wait=true", "wait=events")}", "application/json", Json(random));
            default:
                var (type, text) = random.Pick(("smtlib2", Smt), ("dimacs", Cnf), ("tptp", Fof));
                return Post($"/v1/goals?{Query(random)}", $"application/{type}", text);
        }
    }

    private static RequestDraft Get(string target) => new() { Target = target };

    private static RequestDraft Post(string target, string type, string body) => new()
    {
        Method = "POST",
        Target = target,
        Headers = { ("Content-Type", type) },
        Body = Encoding.UTF8.GetBytes(body),
        Framing = Framing.Length,
    };

    private static string Id(Random random) => random.Next(10) == 0 ? random.Pick(OddIds) : $"f{random.Next(6)}";

    private static string Query(Random random) => string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => random.Pick(Options)));

    private static string Json(Random random) =>
        $$"""{"language":"{{random.Pick("smtlib2", "dimacs", "tptp")}}","text":"{{random.Pick("(check-sat)", "p cnf 1 1\\n1 0\\n", "fof(c,conjecture,p).")}}","id":"f{{random.Next(6)}}","timeout":"10s","labels":{"a":"b"},"backends":["{{random.Pick("puppet", "z3")}}"]}""";

    private static void Change(RequestDraft draft, Random random)
    {
        switch (random.Next(13))
        {
            case 0:
                draft.Method = random.Pick(Methods);
                break;
            case 1 or 2:
                draft.Target = Insert(draft.Target, random.Pick(Odd), random);
                break;
            case 3:
                draft.Target = Remove(draft.Target, random);
                break;
            case 4:
                draft.Target += (draft.Target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + random.Pick(Options);
                break;
            case 5:
                draft.Headers.Add(random.Pick(OddHeaders));
                break;
            case 6:
                draft.Headers.RemoveAt(random.Next(draft.Headers.Count));
                break;
            case 7:
                var at = random.Next(draft.Headers.Count);
                draft.Headers[at] = draft.Headers[at] with { Value = Insert(draft.Headers[at].Value, random.Pick(Odd), random) };
                break;
            case 8:
                draft.Headers.RemoveAll(header => header.Name == "Content-Type");
                draft.Headers.Add(("Content-Type", random.Pick(Types)));
                break;
            case 9:
                draft.Body = Encoding.UTF8.GetBytes(Insert(Encoding.UTF8.GetString(draft.Body), random.Pick(InJson), random));
                break;
            case 10:
                draft.Body = Mangle(draft.Body, random);
                break;
            case 11:
                draft.Headers.RemoveAll(header => header.Name == "Host");
                draft.Headers.Add(("Host", random.Pick(Hosts)));
                break;
            default:
                (draft.Framing, draft.Version, draft.LineEnd) = random.Next(8) switch
                {
                    0 => (draft.Framing, random.Pick("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http/1.1", "", "HTTP/1.1 x"), draft.LineEnd),
                    1 => (draft.Framing, draft.Version, random.Pick("\n", "\r", "\r\r\n")),
                    _ => (random.Pick(Enum.GetValues<Framing>()), draft.Version, draft.LineEnd),
                };
                break;
        }

        if (draft.Headers.Count == 0)
            draft.Headers.Add(("Host", RequestDraft.Here));
    }

    private static string Insert(string text, string what, Random random) => text.Insert(random.Next(text.Length + 1), what);

    private static string Remove(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        return text.Remove(at, random.Next(Math.Min(10, text.Length - at) + 1));
    }

    /// <summary>A stretch of bytes is lost, doubled, or becomes others.</summary>
    private static byte[] Mangle(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var stretch = bytes.AsSpan(at, random.Next(Math.Min(40, bytes.Length - at) + 1)).ToArray();
        byte[] instead = random.Next(3) switch { 0 => [], 1 => [.. stretch, .. stretch], _ => stretch };
        if (instead.Length > 0 && random.Next(2) == 0)
            random.NextBytes(instead);
        return [.. bytes[..at], .. instead, .. bytes[(at + stretch.Length)..]];
    }
}
