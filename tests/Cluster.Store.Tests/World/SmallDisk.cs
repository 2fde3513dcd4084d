namespace ProverCluster.Store;

/// <summary>A disk of a few megabytes, in memory.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private static readonly Lazy<string?> s_trouble = new(() => Task.Run(TryAsync).GetAwaiter().GetResult());

    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Why there cannot be one; null if there can.</summary>
    public static string? Trouble => s_trouble.Value;

    public string Folder { get; }

    public static async Task<SmallDisk> MakeAsync(string size)
    {
        var folder = Directory.CreateTempSubdirectory("store-spec-disk-").FullName;
        try
        {
            await Run.DoAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "store-spec", folder);
            return new SmallDisk(folder);
        }
        catch
        {
            Directory.Delete(folder);
            throw;
        }
    }

    public Task MakeReadOnlyAsync() => Run.DoAsync("mount", "-o", "remount,ro", Folder);

    public async ValueTask DisposeAsync()
    {
        await Run.DoAsync("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static async Task<string?> TryAsync()
    {
        if (!Environment.IsPrivilegedProcess)
            return "a disk of its own can be mounted by root alone";
        try
        {
            await using var disk = await MakeAsync("1m");
            return null;
        }
        catch (InvalidOperationException e)
        {
            return $"a disk of its own cannot be mounted here: {e.Message}";
        }
    }
}
