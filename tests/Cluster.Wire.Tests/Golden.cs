using System.Runtime.CompilerServices;
using System.Text;

namespace ProverCluster.Wire;

/// <summary>How bytes stand in a golden file: JSON as it is, control characters and what is no text as <c>\xNN</c>.</summary>
internal static class Golden
{
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes) && !text.Any(char.IsControl))
            return text;
        var shown = new StringBuilder();
        foreach (var value in bytes)
            shown.Append(value is >= 0x20 and < 0x7f ? ((char)value).ToString() : $"\\x{value:x2}");
        return shown.ToString();
    }
}

/// <summary>Texts that somebody has looked at. With WIRE_APPROVE=1 in the environment they are written instead of compared.</summary>
internal static class Approved
{
    public static void Equal(string file, string text)
    {
        var path = Path.Combine(Folder(), file);
        if (Environment.GetEnvironmentVariable("WIRE_APPROVE") == "1")
            File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{file} is not there; it would be:\n{text}");
        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
