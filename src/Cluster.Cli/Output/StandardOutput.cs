using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ProverCluster.Cli.Output;

/// <summary>
/// Standard output that tells when nobody reads it any more. .NET's own stream hides that, and its file stream keeps
/// a position of its own, so that what others write to the same file is overwritten.
/// </summary>
internal sealed partial class StandardOutput : Stream
{
    private const int Descriptor = 1;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>True for the one way of not being written that is no error: the reader has seen enough.</summary>
    public static bool IsClosed(IOException e) => e.HResult == BrokenPipe;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = Write(Descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            if (error == TryAgain) Wait();
            else if (error != Interrupted) throw new IOException(new Win32Exception(error).Message, error);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // Somebody made the pipe non-blocking: wait until it takes something again, or is closed.
    private static unsafe void Wait()
    {
        var what = new PollDescriptor { Descriptor = Descriptor, Events = 4 };
        _ = Poll(&what, 1, -1);
    }

    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int Poll(PollDescriptor* what, nuint count, int timeout);
}
