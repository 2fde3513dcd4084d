using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ProverCluster.Api;

/// <summary>How JSON is written: on one line, as it is read best.</summary>
internal static class JsonForm
{
    /// <summary>Nothing here ends up inside HTML, and a reason full of \u0027 is hard to read.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
            write(json);
        return bytes.WrittenMemory;
    }

    public static Task WriteAsync(this HttpResponse response, int status, Action<Utf8JsonWriter> write)
    {
        var body = Bytes(write);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}
