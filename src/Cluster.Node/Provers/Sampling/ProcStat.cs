using System.Buffers.Text;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Sampling;

/// <summary>What /proc says of one process.</summary>
/// <param name="ChildCpu">Of the children that it has waited for.</param>
internal readonly unsafe record struct ProcStat(int Parent, char State, TimeSpan ChildCpu, ulong StartTicks, long RssBytes)
{
    // The unit of /proc, which is 100 Hz on every Linux there is; pages are not always 4 KiB on arm64.
    private const int TicksPerSecond = 100;

    internal bool IsDead => State is 'Z' or 'X';

    internal static ProcStat? Of(int pid)
    {
        Span<byte> bytes = stackalloc byte[1024];
        var read = ProcFiles.Read(pid, "/stat"u8, bytes);
        return read <= 0 ? null : Parse(bytes[..read]);
    }

    /// <summary>The processor time of a living process, its own threads only, to the nanosecond; /proc counts in 10 ms.</summary>
    internal static TimeSpan CpuOf(int pid)
    {
        // clock_getcpuclockid(3), as the kernel encodes it: the whole process's scheduler clock.
        Libc.TimeSpec time;
        return Libc.ClockGetTime((~pid << 3) | 2, &time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100))
            : TimeSpan.Zero;
    }

    private static ProcStat? Parse(ReadOnlySpan<byte> line)
    {
        // The name, in parentheses, may itself contain spaces and parentheses.
        var rest = line[(line.LastIndexOf((byte)')') + 1)..];
        var state = '?';
        int parent = 0;
        long childTicks = 0, pages = 0;
        ulong start = 0;
        var field = 2;
        foreach (var range in rest.Split((byte)' '))
        {
            var text = rest[range];
            switch (field++)
            {
                case 3: state = (char)text[0]; break;
                case 4: Utf8Parser.TryParse(text, out parent, out _); break;
                case 16 or 17 when Utf8Parser.TryParse(text, out long ticks, out _): childTicks += ticks; break;
                case 22: Utf8Parser.TryParse(text, out start, out _); break;
                case 24: Utf8Parser.TryParse(text, out pages, out _); break;
            }
        }

        return field < 25
            ? null
            : new ProcStat(parent, state, TimeSpan.FromSeconds((double)childTicks / TicksPerSecond), start, pages * Environment.SystemPageSize);
    }
}
