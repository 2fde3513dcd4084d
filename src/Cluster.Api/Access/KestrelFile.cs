using Microsoft.Extensions.Configuration;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Access;

/// <summary>An ordinary file of settings for ASP.NET Core, of which the section Kestrel is used: the certificate, and nothing that would listen elsewhere.</summary>
internal static class KestrelFile
{
    /// <exception cref="SettingsException">It cannot be read, or is not what is wanted.</exception>
    public static IConfigurationSection Read(string path)
    {
        var kestrel = Load(path).GetSection("Kestrel");
        // Who may come in was asked for the one address that we have.
        if (kestrel.GetSection("Endpoints").Exists())
            throw new SettingsException($"{Excerpt.Visible(path)}: Kestrel:Endpoints is not wanted: where the node listens is said by http.host and http.port alone");
        // A misspelt word would else be clear text, or whatever certificate a developer's machine has.
        if (kestrel["Certificates:Default:Path"] is not { Length: > 0 } && kestrel["Certificates:Default:Subject"] is not { Length: > 0 })
            throw new SettingsException($"{Excerpt.Visible(path)}: Kestrel:Certificates:Default names no certificate: its Path is wanted, and KeyPath or Password");
        return kestrel;
    }

    private static IConfigurationRoot Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return new ConfigurationBuilder().AddJsonStream(file).Build();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidDataException or ArgumentException or System.Text.Json.JsonException)
        {
            throw new SettingsException($"{Excerpt.Visible(path)}: cannot be read as settings in JSON: {Excerpt.Of(e.GetBaseException().Message)}");
        }
    }
}
