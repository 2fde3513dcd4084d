using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>
/// The one thread that starts, reads, watches and reaps provers. It is a thread of its own because the parent-death signal
/// is tied to the thread that started the process: when a pool thread retires, its provers would die.
/// </summary>
internal sealed unsafe class ProverLoop : IDisposable
{
    private const int MostAtOnce = 64;

    private readonly int _epoll = Libc.NewEpoll();
    private readonly int _wake = Libc.NewEventFd();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Dictionary<long, Action> _watched = [];
    private readonly PriorityQueue<Action, long> _timers = new();
    private readonly Thread _thread;
    private long _lastToken;
    private volatile bool _stopping;

    internal ProverLoop()
    {
        Watch(_wake, ReadWake);
        _thread = new Thread(Run, maxStackSize: 1 << 20) { IsBackground = true, Name = "provers" };
        _thread.Start();
    }

    /// <summary>Has the loop's thread do something. Any thread may ask.</summary>
    internal void Post(Action action)
    {
        _posted.Enqueue(action);
        var one = 1L;
        _ = Libc.Write(_wake, (byte*)&one, sizeof(long));
    }

    /// <summary>Has something done whenever there is something to read, or the end of it. Only on the loop's thread.</summary>
    /// <returns>A token, never used twice: a descriptor's number may be, between two events of one batch.</returns>
    internal long Watch(int fd, Action onReadable)
    {
        var token = ++_lastToken;
        var happening = stackalloc byte[16];
        Libc.EpollEvent.Set(happening, Libc.EpollIn, token);
        if (Libc.EpollControl(_epoll, Libc.EpollAdd, fd, happening) != 0)
            throw NativeFailure.Last("epoll_ctl");

        _watched.Add(token, onReadable);
        return token;
    }

    /// <summary>Ends a watch and closes what was watched.</summary>
    internal void Close(int fd, long token)
    {
        _watched.Remove(token);
        var happening = stackalloc byte[16];
        _ = Libc.EpollControl(_epoll, Libc.EpollDelete, fd, happening);
        _ = Libc.Close(fd);
    }

    /// <summary>Has something done once, after a while. Only on the loop's thread.</summary>
    internal void After(TimeSpan delay, Action action) =>
        _timers.Enqueue(action, Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency));

    public void Dispose()
    {
        _stopping = true;
        Post(static () => { });
        _thread.Join();
        _ = Libc.Close(_wake);
        _ = Libc.Close(_epoll);
    }

    private void Run()
    {
        var happenings = stackalloc byte[MostAtOnce * 16];
        while (!_stopping)
        {
            var count = Libc.EpollWait(_epoll, happenings, MostAtOnce, MillisecondsToNextTimer());
            if (count < 0 && Marshal.GetLastPInvokeError() != Libc.Eintr)
                throw NativeFailure.Last("epoll_wait");

            for (var i = 0; i < count; i++)
            {
                if (_watched.TryGetValue(Libc.EpollEvent.Data(happenings, i), out var onReadable))
                    onReadable();
            }

            while (_posted.TryDequeue(out var action))
                action();

            while (_timers.TryPeek(out var timer, out var due) && due <= Stopwatch.GetTimestamp())
            {
                _timers.Dequeue();
                timer();
            }
        }
    }

    private int MillisecondsToNextTimer()
    {
        if (!_timers.TryPeek(out _, out var due))
            return -1;

        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        return left <= TimeSpan.Zero ? 0 : (int)Math.Ceiling(left.TotalMilliseconds);
    }

    private void ReadWake()
    {
        long count;
        _ = Libc.Read(_wake, (byte*)&count, sizeof(long));
    }
}
