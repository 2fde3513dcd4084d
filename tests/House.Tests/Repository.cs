using System.Xml.Linq;

namespace ProverCluster.House;

/// <summary>The files of this clone, by their paths from its root with forward slashes.</summary>
internal static class Repository
{
    public static string Root => Repo.Root;

    /// <summary>Every file that belongs to us: what is built and what is hidden stays out.</summary>
    public static IEnumerable<string> Files(string pattern, string folder = ".") =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.StartsWith("artifacts/") && !path.StartsWith('.')
        orderby path
        select path;

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static XElement Xml(string path) => XElement.Parse(Text(path));

    /// <summary>What the solution builds. The probe of the actor runtime is restored by itself and never built.</summary>
    public static IEnumerable<string> Projects => Files("*.csproj").Where(path => !path.StartsWith("build/"));
}
