using System.Security.Cryptography;
using System.Text;

namespace ProverCluster.Api;

/// <summary>A file of tokens as an operator writes it, in a folder of its own.</summary>
internal sealed class TokensFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tokens-spec-").FullName;

    public TokensFile(params string[] entries) => Write(entries);

    public string Path => System.IO.Path.Combine(_folder, "tokens.conf");

    /// <summary>Makes a node want them.</summary>
    public string Hocon => $"prover-cluster.http.tokens = \"{Path}\"\n";

    /// <summary>The token of that name.</summary>
    public static string Secret(string name) => $"{name}-has-this-token-0123456789";

    public static string Hash(string name) => HashOf(Secret(name));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static string Entry(string name, string roles, int? mostOpen = null) =>
        $"  {name} {{ sha256 = \"{Hash(name)}\", roles = [{roles}]{(mostOpen is null ? "" : $", most-open = {mostOpen}")} }}\n";

    public static string Block(params string[] entries) => $"tokens {{\n{string.Concat(entries)}}}\n";

    public void Write(params string[] entries) => WriteText(Block(entries));

    /// <summary>At once, as a rename does it: nobody sees the half of it.</summary>
    public void WriteText(string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var written = System.IO.Path.Combine(_folder, "new");
        File.WriteAllText(written, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(written, mode);
        File.Move(written, Path, overwrite: true);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
