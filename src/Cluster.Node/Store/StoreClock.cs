namespace ProverCluster.Node.Store;

/// <summary>
/// The time by which deadlines and ages are stored. A monotonic clock ends with its machine, and the clock on the wall jumps: so this is a number of milliseconds in the
/// database, which moves on with the monotonic clock of whichever node runs, and never back. It begins with Unix time, and is not kept equal to it.
/// </summary>
/// <remarks>
/// While a node runs, no jump of a clock on a wall changes it. When one starts, the time is bridged since the last mark (<see cref="Mark"/>) that any node has left: by the
/// monotonic clock if this machine has not been started anew since, and this node is on the same one; else by the clock on the wall, and not back. So only a clock that
/// jumps forward just while no node runs, and the machine starts anew, can make goals expire too soon, by as much; and one that jumps back then gives them more time. Who
/// has nothing but that clock cannot tell either from a machine that was off.
/// </remarks>
internal sealed class StoreClock
{
    private readonly TimeProvider _clock;
    private readonly string _boot;
    private readonly long _since;
    private readonly Lock _catchingUp = new();
    private long _base;

    /// <param name="clock">The node's.</param>
    /// <param name="boot">Names the life of the machine, during which its monotonic clock goes on.</param>
    /// <param name="last">The last mark in the database; null if there is none.</param>
    /// <param name="wall">The clock on the wall, in milliseconds of Unix time.</param>
    public StoreClock(TimeProvider clock, string boot, StoreMark? last, long wall)
    {
        (_clock, _boot, _since) = (clock, boot, clock.GetTimestamp());
        _base = last is null ? wall : last.Now + Math.Max(0, last.Boot == boot ? Monotonic - last.Monotonic : wall - last.Wall);
    }

    /// <summary>This machine's life, as Linux names it; a new one for each process elsewhere.</summary>
    public static string ThisBoot { get; } = File.Exists(BootFile) ? File.ReadAllText(BootFile).Trim() : Guid.NewGuid().ToString();

    private const string BootFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>In milliseconds.</summary>
    public long Now => Interlocked.Read(ref _base) + (long)_clock.GetElapsedTime(_since).TotalMilliseconds;

    private long Monotonic => (long)(_clock.GetTimestamp() * 1000.0 / _clock.TimestampFrequency);

    public StoreMark Mark(long wall) => new(Now, wall, _boot, Monotonic);

    /// <summary>Another node is ahead: this machine has slept, or its clock is slow.</summary>
    public void CatchUp(long now)
    {
        lock (_catchingUp)
            Interlocked.Add(ref _base, Math.Max(0, now - Now));
    }
}

/// <summary>What a node leaves in the database, for whoever goes on.</summary>
/// <param name="Now">The store's time.</param>
/// <param name="Wall">At which time on the wall.</param>
/// <param name="Boot">In which life of the machine.</param>
/// <param name="Monotonic">At which time of its monotonic clock, in milliseconds.</param>
internal sealed record StoreMark(long Now, long Wall, string Boot, long Monotonic);
