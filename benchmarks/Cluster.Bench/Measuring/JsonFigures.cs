using System.Text.Json;

namespace ProverCluster.Bench.Measuring;

/// <summary>The figures for programs: to a file, or as the last block of the output.</summary>
internal static class JsonFigures
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(object figures, string? file)
    {
        var text = JsonSerializer.Serialize(figures, Options);
        if (file is null) Console.WriteLine($"\n{text}");
        else File.WriteAllText(file, text + "\n");
    }
}
