namespace ProverCluster.Bench;

/// <summary>The clone that this program was built in: puppets and goals are read from there.</summary>
internal static class Repository
{
    public static string Find(string path)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ProverCluster.sln"))) return Path.Combine(folder, path);
        }
        throw new BenchRefusal("the benchmarks need the clone they were built in");
    }
}
