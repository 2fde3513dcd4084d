using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>A descriptor that the loop watches, closed with its watch.</summary>
internal sealed class Watched : IDisposable
{
    private readonly ProverLoop _loop;
    private readonly long _token;

    internal Watched(ProverLoop loop, int fd, Action onReadable)
    {
        if (fd < 0)
            throw NativeFailure.Last("pidfd_open");

        _loop = loop;
        Fd = fd;
        _token = loop.Watch(fd, onReadable);
    }

    internal int Fd { get; private set; }

    /// <summary>For a pidfd: reaches that process and never another that got its number later.</summary>
    internal void Signal(int signal) => _ = Libc.PidfdSendSignal(Fd, signal);

    public void Dispose()
    {
        if (Fd >= 0)
        {
            _loop.Close(Fd, _token);
            Fd = -1;
        }
    }
}
