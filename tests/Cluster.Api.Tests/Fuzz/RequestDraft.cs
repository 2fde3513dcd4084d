using System.Globalization;
using System.Text;

namespace ProverCluster.Api.Fuzz;

/// <summary>A request in its parts, each of which may be what no request has.</summary>
internal sealed class RequestDraft
{
    /// <summary>The host that a node without tokens answers for: it looks at nothing else of a request for another one.</summary>
    public const string Here = "localhost";

    public string Method { get; set; } = "GET";

    public string Target { get; set; } = "/";

    public string Version { get; set; } = "HTTP/1.1";

    public string LineEnd { get; set; } = "\r\n";

    public List<(string Name, string Value)> Headers { get; } = [("Host", Here), ("Connection", "close")];

    public byte[] Body { get; set; } = [];

    public Framing Framing { get; set; } = Framing.None;

    /// <summary>As it goes over the connection.</summary>
    public byte[] Bytes(Random random)
    {
        var head = new StringBuilder($"{Method} {Target} {Version}{LineEnd}");
        foreach (var (name, value) in Headers.Concat(Frame(random)))
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}{LineEnd}");
        return [.. Encoding.Latin1.GetBytes(head.Append(LineEnd).ToString()), .. Framed(random)];
    }

    private IEnumerable<(string Name, string Value)> Frame(Random random) => Framing switch
    {
        Framing.None => [],
        Framing.Length => [("Content-Length", Number(Body.Length))],
        Framing.TooShort => [("Content-Length", Number(Math.Max(0, Body.Length - random.Next(1, 20))))],
        Framing.TooLong => [("Content-Length", Number(Body.Length + random.Next(1, 2000)))],
        Framing.Twice => [("Content-Length", Number(Body.Length)), ("Content-Length", Number(Body.Length + random.Next(2)))],
        Framing.NoNumber => [("Content-Length", random.Pick("-1", "", "abc", "0x10", "99999999999999999999", "1,2", "+3", " 7 "))],
        Framing.Chunks or Framing.BrokenChunks => [("Transfer-Encoding", "chunked")],
        Framing.ChunksAndLength => [("Transfer-Encoding", "chunked"), ("Content-Length", Number(Body.Length))],
        _ => [("Transfer-Encoding", random.Pick("gzip, chunked", "chunked, chunked", "identity", "chunked, gzip", "", "x"))],
    };

    private byte[] Framed(Random random)
    {
        if (Framing is not (Framing.Chunks or Framing.BrokenChunks or Framing.ChunksAndLength or Framing.OddEncoding))
            return Body;
        var framed = new List<byte>();
        for (var at = 0; at < Body.Length;)
        {
            var size = Math.Min(random.Next(1, 200), Body.Length - at);
            var told = Framing == Framing.BrokenChunks && random.Next(3) == 0 ? random.Pick("zz", "-1", "FFFFFFFFFFFFFFFFF", "7fffffff", "", "0") : size.ToString("x", CultureInfo.InvariantCulture);
            framed.AddRange(Encoding.ASCII.GetBytes($"{told}{random.Pick("", "", ";a=b", " ")}\r\n"));
            framed.AddRange(Body.AsSpan(at, size));
            framed.AddRange("\r\n"u8);
            at += size;
        }

        if (Framing != Framing.BrokenChunks || random.Next(2) == 0)
            framed.AddRange(Encoding.ASCII.GetBytes(random.Pick("0\r\n\r\n", "0\r\n\r\n", "0\r\nX: y\r\n\r\n", "00000\r\n\r\n")));
        return [.. framed];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How the length of a body is told.</summary>
internal enum Framing
{
    None, Length, TooShort, TooLong, Twice, NoNumber, Chunks, BrokenChunks, ChunksAndLength, OddEncoding,
}

internal static class Picking
{
    public static T Pick<T>(this Random random, params IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
