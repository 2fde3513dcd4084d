using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Store.Sqlite;

/// <summary>One node at a time has a folder. The lock ends with the process, however that ends; its file stays, and says nothing.</summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>Goals are their clients' own.</summary>
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="StoreRefusal">Another node has the folder, or nothing can be written there.</exception>
    public static FolderLock Take(string folder)
    {
        var shown = Excerpt.Visible(folder);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, Own);
            return new FolderLock(new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new StoreRefusal($"{shown}: another node has its store in this folder open; each needs a folder of its own, or all of them a server (--store postgres://...)");
        }
        catch (Exception e) when (HoconFile.IsUnreadable(e))
        {
            throw new StoreRefusal($"{shown}: a store cannot be written in this folder: {Excerpt.Of(e.Message)}");
        }
    }

    public void Dispose() => _file.Dispose();

    // EWOULDBLOCK, as .NET hands it on.
    private static bool IsHeld(IOException failure) => failure.HResult is 11 or 35;
}
