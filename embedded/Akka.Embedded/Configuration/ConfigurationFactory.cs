using Akka.Configuration.Hocon;

namespace Akka.Configuration;

public class ConfigurationFactory
{
    public static Config Empty => Config.Empty;

    /// <exception cref="FormatException">The text is no HOCON; the message says where.</exception>
    public static Config ParseString(string hocon) => new(HoconParser.Parse(hocon));

    /// <summary>The settings of the runtime itself, which lie below everything that a system is given.</summary>
    public static Config Default()
    {
        using var stream = typeof(ConfigurationFactory).Assembly.GetManifestResourceStream("Akka.Embedded.reference.conf");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }
}
