using System.Security.Cryptography;
using System.Text;

namespace ProverCluster.Api.Routes;

/// <summary>The files of the page, as they are built into this program. Their addresses have a hash of all of them, so that no browser ever mixes two versions.</summary>
internal static class PageFiles
{
    private const string Folder = "page/", IndexName = "index.html";

    /// <summary>Stands in the index where the hash comes.</summary>
    private const string VersionMark = "{version}";

    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, PageFile> Files = Read();

    /// <summary>A hash of all files.</summary>
    public static readonly string Version = Hash(Files);

    /// <summary>The page itself.</summary>
    public static readonly PageFile Index = Files[IndexName] with
    {
        Bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Files[IndexName].Bytes.Span).Replace(VersionMark, Version, StringComparison.Ordinal)),
    };

    /// <summary>A file that the page names; null if there is none, or it was one of another version.</summary>
    public static PageFile? Find(string version, string name) => version == Version && name != IndexName ? Files.GetValueOrDefault(name) : null;

    private static Dictionary<string, PageFile> Read()
    {
        var assembly = typeof(PageFiles).Assembly;
        var files = new Dictionary<string, PageFile>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var name = resource[Folder.Length..];
            files[name] = new PageFile(Types[Path.GetExtension(name)], bytes.ToArray());
        }

        return files;
    }

    private static string Hash(Dictionary<string, PageFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, file) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{file.Bytes.Length}\0"));
            hash.AppendData(file.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}

/// <summary>One file of the page.</summary>
internal sealed record PageFile(string Type, ReadOnlyMemory<byte> Bytes);
