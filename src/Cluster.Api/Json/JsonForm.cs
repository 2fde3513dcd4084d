using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProverCluster.Messages.Json;

namespace ProverCluster.Api;

/// <summary>How JSON is written: on one line, as it is read best.</summary>
internal static class JsonForm
{
    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, GoalJson.Options))
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
