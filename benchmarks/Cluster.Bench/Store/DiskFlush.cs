using System.Diagnostics;
using ProverCluster.Bench.Measuring;

namespace ProverCluster.Bench.Store;

/// <summary>What the disk takes to keep something: a page is written and flushed, in a file that is long enough already, as a log is.</summary>
internal static class DiskFlush
{
    private const int Page = 4096;

    private const int Times = 500;

    /// <returns>In milliseconds.</returns>
    public static Distribution Measure(string folder)
    {
        var path = Path.Combine(folder, $"flush-{Guid.NewGuid():N}");
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        RandomAccess.Write(file, new byte[Page * Times], 0);
        RandomAccess.FlushToDisk(file);
        var page = new byte[Page];
        var times = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            Random.Shared.NextBytes(page);
            var began = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, page, (long)i * Page);
            RandomAccess.FlushToDisk(file);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return new Distribution(times);
    }
}
