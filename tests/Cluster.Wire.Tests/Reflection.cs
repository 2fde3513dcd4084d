using System.Text.Json;
using System.Text.Json.Serialization;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Wire;

/// <summary>Shows a message with all that is in it, by the framework's own means.</summary>
internal static class Reflection
{
    public static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Converters = { new Runtime<RunEnd>(), new Runtime<ProverOutput>(), new Runtime<IGoalEvent>() } };

    private sealed class Runtime<T> : JsonConverter<T>
        where T : notnull
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(value.GetType().Name);
            JsonSerializer.Serialize(writer, value, value.GetType());
            writer.WriteEndObject();
        }
    }
}
