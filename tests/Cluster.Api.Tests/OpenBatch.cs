using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProverCluster.Api;

/// <summary>A batch whose lines come one by one, and no end: a client that speaks and hears at once, as .NET's own does not.</summary>
internal sealed class OpenBatch : IDisposable
{
    private const string LastChunk = "\r\n0\r\n\r\n";

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private string _text = "";

    public static async Task<OpenBatch> BeginAsync(Uri address, string? token = null)
    {
        var batch = new OpenBatch();
        await batch._socket.ConnectAsync(IPAddress.Loopback, address.Port);
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        await batch.SendAsync($"POST /v1/goals:batch HTTP/1.1\r\nHost: localhost\r\n{authorization}Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        return batch;
    }

    public Task SayAsync(string line) => SayPartAsync(line + "\n");

    /// <summary>What is no whole line yet.</summary>
    public Task SayPartAsync(string part) => SendAsync($"{part.Length:x}\r\n{part}\r\n");

    /// <summary>So many lines of the answer, when they are there.</summary>
    public async Task<string[]> AnswersAsync(int count)
    {
        await HearAsync(() => Lines(_text[..(_text.LastIndexOf('\n') + 1)]).Length >= count);
        return Lines(_text);
    }

    /// <summary>All lines of the answer, when there are no more.</summary>
    public async Task<string[]> AnswersAsync()
    {
        await HearAsync(() => _text.EndsWith(LastChunk, StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 200", _text);
        return Lines(_text);
    }

    public void Dispose() => _socket.Dispose();

    private static string[] Lines(string text) => [.. text.Split('\n').Where(line => line.StartsWith('{'))];

    private async Task HearAsync(Func<bool> isEnough)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var bytes = new byte[4096];
        while (!isEnough() && await _socket.ReceiveAsync(bytes, patience.Token) is > 0 and var count)
            _text += Encoding.UTF8.GetString(bytes, 0, count);
    }

    private async Task SendAsync(string text)
    {
        for (var rest = Encoding.ASCII.GetBytes(text).AsMemory(); !rest.IsEmpty;)
            rest = rest[await _socket.SendAsync(rest)..];
    }
}
