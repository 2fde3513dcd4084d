using System.Text;
using Akka.Configuration;

namespace ProverCluster.Node.Configuration;

/// <summary>A file in HOCON. What cannot be read, or would be misread, is told in a sentence.</summary>
internal static class HoconFile
{
    /// <summary>What is in it, if that is text at all.</summary>
    public static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="file">Its name, for sentences.</param>
    /// <param name="hocon">What is in it.</param>
    /// <param name="isChecked">Tests have looked at it already.</param>
    /// <param name="isSecret">Nothing of it may be quoted.</param>
    /// <exception cref="SettingsException">It is not HOCON.</exception>
    public static Config Parse(string file, string hocon, bool isChecked = false, bool isSecret = false)
    {
        if (!isChecked) HoconBrackets.Check(file, hocon);
        try
        {
            return ConfigurationFactory.ParseString(hocon);
        }
        catch (Exception e) when (e is FormatException or ConfigurationException or InvalidOperationException or ArgumentException)
        {
            throw new SettingsException($"{Excerpt.Visible(file)}: is not HOCON{(isSecret ? "" : $": {Excerpt.Of(e.Message)}")}");
        }
    }

    /// <summary>True of what the world throws where a file is opened and read.</summary>
    public static bool IsUnreadable(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
