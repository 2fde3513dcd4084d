using System.Runtime.InteropServices;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>The pipes a prover prints to: read whenever there is something, so that it never waits for us.</summary>
internal sealed unsafe class OutputPipes
{
    /// <summary>More than a pipe holds unless somebody enlarged it, so that a read that does not fill it has emptied the pipe.</summary>
    private const int BufferSize = 128 * 1024;

    /// <summary>What a launcher's own words need at most: the reason why a prover could not be started.</summary>
    private const int FirstWordsSize = 1024;

    // All runs are read by the one loop thread.
    [ThreadStatic]
    private static byte[]? _buffer;

    private readonly ProverLoop _loop;
    private readonly IProverObserver _observer;
    private readonly (ProverStream Stream, int Fd, long Token)[] _open;
    private readonly MemoryStream _firstWords = new();
    private long _bytes;

    /// <summary>Takes the reading ends; only on the loop's thread.</summary>
    internal OutputPipes(ProverLoop loop, IProverObserver observer, ReadOnlySpan<(ProverStream Stream, int Fd)> pipes)
    {
        _loop = loop;
        _observer = observer;
        _open = new (ProverStream, int, long)[pipes.Length];
        for (var i = 0; i < pipes.Length; i++)
            _open[i] = (pipes[i].Stream, pipes[i].Fd, loop.Watch(pipes[i].Fd, ReadOnce));
    }

    /// <summary>Bytes read so far; any thread may ask.</summary>
    internal long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How standard error began.</summary>
    internal string FirstWords => System.Text.Encoding.UTF8.GetString(_firstWords.ToArray()).Trim();

    /// <summary>Reads what is there: at most two buffers of each pipe, since what a prover left behind may print without end.</summary>
    internal void Drain()
    {
        ReadOnce();
        ReadOnce();
    }

    internal void Close()
    {
        for (var i = 0; i < _open.Length; i++)
            CloseOne(i);
    }

    /// <summary>One buffer of every pipe, then back to the loop: a prover that prints a lot does not keep others waiting.</summary>
    private void ReadOnce()
    {
        var drained = true;
        var printed = false;
        var buffer = _buffer ??= GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
        for (var i = 0; i < _open.Length; i++)
        {
            if (_open[i].Fd < 0)
                continue;

            var count = (int)Libc.Read(_open[i].Fd, (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0), BufferSize);
            if (count > 0)
            {
                HandIn(_open[i].Stream, buffer.AsSpan(0, count));
                printed = true;
                drained &= count < BufferSize;
            }
            else if (count == 0 || Marshal.GetLastPInvokeError() is not (Libc.Eagain or Libc.Eintr))
            {
                CloseOne(i);
            }
        }

        if (printed && drained)
            _observer.Drained();
    }

    private void HandIn(ProverStream stream, ReadOnlySpan<byte> bytes)
    {
        Volatile.Write(ref _bytes, _bytes + bytes.Length);
        if (stream == ProverStream.Stderr && _firstWords.Length < FirstWordsSize)
            _firstWords.Write(bytes[..Math.Min(bytes.Length, FirstWordsSize - (int)_firstWords.Length)]);

        _observer.Printed(stream, bytes);
    }

    private void CloseOne(int i)
    {
        if (_open[i].Fd >= 0)
        {
            _loop.Close(_open[i].Fd, _open[i].Token);
            _open[i].Fd = -1;
        }
    }
}
